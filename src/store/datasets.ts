/** @file Datasets: sets of items of one modality. A dataset never holds labels itself. */

import type { Modality } from "@tessera/domain/words";
import type { TeamSql } from "./database.ts";
import type { ItemKind } from "./items.ts";
import { decodeCursor, inOrder, type Page, type PageOf, pageOf, pageSize } from "./page.ts";

export interface Dataset {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly modality: Modality;
  readonly createdAt: Date;
}

export interface DatasetStats {
  readonly datasetId: string;
  readonly items: number;
  readonly subjects: number;
  /** False where any item's source named no subject: each such item counts as its own. */
  readonly subjectsKnown: boolean;
  readonly itemKind: ItemKind;
}

/** @throws DomainError CONFLICT when the project has a dataset of that name. */
export async function createDataset(
  sql: TeamSql,
  teamId: string,
  { projectId, name, modality }: { projectId: string; name: string; modality: Modality },
): Promise<Dataset> {
  const [row] = await sql<[Dataset]>`
    insert into datasets (team_id, project_id, name, modality) values (${teamId}, ${projectId}, ${name}, ${modality})
    returning id, project_id, name, modality, created_at`;
  return row;
}

export async function datasetsByIds(sql: TeamSql, teamId: string, ids: readonly string[]): Promise<(Dataset | null)[]> {
  const rows = await sql<Dataset[]>`
    select id, project_id, name, modality, created_at
    from datasets where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}

/** Newest first. */
export async function listDatasets(sql: TeamSql, teamId: string, page: Page = {}): Promise<PageOf<Dataset>> {
  const size = pageSize(page.first);
  const after = decodeCursor(page.after, 2);
  const rows = await sql<(Dataset & { at: string })[]>`
    select id, project_id, name, modality, created_at, created_at::text as at
    from datasets
    where team_id = ${teamId}
      ${after ? sql`and (created_at, id) < (${after[0]!}::text::timestamptz, ${after[1]!}::uuid)` : sql``}
    order by created_at desc, id desc limit ${size + 1}`;
  const [total] = await sql<[{ count: number }]>`select count(*) from datasets where team_id = ${teamId}`;
  return pageOf(rows, size, total.count, (row) => [row.at, row.id]);
}

export async function datasetStats(sql: TeamSql, teamId: string, ids: readonly string[]): Promise<DatasetStats[]> {
  const rows = await sql<DatasetStats[]>`
    select dataset_id, count(*) as items, count(distinct subject) as subjects, bool_and(subject_known) as subjects_known,
      min(kind) as item_kind
    from items where team_id = ${teamId} and dataset_id = any(${ids as string[]}::uuid[]) group by dataset_id`;
  return inOrder(ids, rows, (row) => row.datasetId).map(
    (stats, index) =>
      stats ?? { datasetId: ids[index]!, items: 0, subjects: 0, subjectsKnown: true, itemKind: "image" },
  );
}
