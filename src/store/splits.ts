/** @file Splits: train/validation/test by subject, frozen and hashed. */
import { createHash } from "node:crypto";
import { DomainError } from "@tessera/domain/errors";
import type { Fold } from "@tessera/domain/words";
import type { TeamSql } from "./database.ts";
import { inOrder } from "./page.ts";

export interface Split {
  readonly id: string;
  readonly datasetId: string;
  readonly name: string;
  /** How the folds were made, in words. */
  readonly rule: string;
  readonly subjectsKnown: boolean;
  /** sha256 over the sorted lines "itemSha256 subject fold". */
  readonly contentHash: string;
  readonly createdAt: Date;
}

export interface Assignment {
  readonly itemId: string;
  readonly subject: string;
  readonly fold: Fold;
}

export interface FoldCounts {
  readonly splitId: string;
  readonly train: number;
  readonly trainSubjects: number;
  readonly validation: number;
  readonly test: number;
}

const columns = ["id", "dataset_id", "name", "rule", "subjects_known", "content_hash", "created_at"] as const;

/** @throws DomainError CONFLICT with the list where a subject is in two folds, or the name is taken; BAD_INPUT for items of elsewhere. */
export async function freezeSplit(
  sql: TeamSql,
  teamId: string,
  {
    datasetId,
    name,
    rule,
    subjectsKnown,
    assignments,
  }: {
    datasetId: string;
    name: string;
    rule: string;
    subjectsKnown: boolean;
    assignments: readonly Assignment[];
  },
): Promise<Split> {
  refuseSharedSubjects(assignments);
  const items = await sql<{ id: string; sha256: string }[]>`
    select id, sha256 from items
    where team_id = ${teamId} and dataset_id = ${datasetId} and id = any(${assignments.map((each) => each.itemId)}::uuid[])`;
  const shas = new Map(items.map((item) => [item.id, item.sha256]));
  if (assignments.length === 0 || shas.size < assignments.length) {
    throw new DomainError(
      "BAD_INPUT",
      `Expected each item of the split once, and all in the dataset; got ${assignments.length} of which ${shas.size} are.`,
    );
  }
  const lines = assignments
    .map((each) => `${shas.get(each.itemId)} ${JSON.stringify(each.subject)} ${each.fold}\n`)
    .sort();
  const contentHash = createHash("sha256").update(lines.join("")).digest("hex");
  const [row] = await sql<[Split]>`
    with split as (
      insert into splits (team_id, dataset_id, name, rule, subjects_known, content_hash)
      values (${teamId}, ${datasetId}, ${name}, ${rule}, ${subjectsKnown}, ${contentHash})
      returning *),
    filled as (
      insert into split_items (team_id, split_id, item_id, subject, fold)
      select s.team_id, s.id, a."itemId", a.subject, a.fold
      from split s, jsonb_to_recordset(${sql.json(assignments as never)}) as a ("itemId" uuid, subject text, fold text))
    select ${sql(columns)} from split`;
  return row;
}

function refuseSharedSubjects(assignments: readonly Assignment[]): void {
  const bySubject = Map.groupBy(assignments, (each) => each.subject);
  const subjects = [...bySubject]
    .map(([subject, list]) => ({ subject, folds: [...new Set(list.map((each) => each.fold))] }))
    .filter(({ folds }) => folds.length > 1);
  if (subjects.length === 0) return;
  const shown = subjects.slice(0, 5).map(({ subject, folds }) => `${subject} (${folds.join(", ")})`);
  throw new DomainError(
    "CONFLICT",
    `Expected each subject in one fold, got ${subjects.length} in several: ${shown.join("; ")}. Give all items of a subject one fold.`,
    { subjects },
  );
}

export async function splitsByIds(sql: TeamSql, teamId: string, ids: readonly string[]): Promise<(Split | null)[]> {
  const rows = await sql<Split[]>`
    select ${sql(columns)} from splits where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}

/** Newest first. */
export function listSplits(sql: TeamSql, teamId: string, datasetId: string): Promise<Split[]> {
  return sql<Split[]>`
    select ${sql(columns)} from splits where team_id = ${teamId} and dataset_id = ${datasetId}
    order by created_at desc, id`;
}

/** Items per fold, one row per split asked. */
export async function foldCounts(sql: TeamSql, teamId: string, splitIds: readonly string[]): Promise<FoldCounts[]> {
  const rows = await sql<FoldCounts[]>`
    select split_id,
      count(*) filter (where fold = 'train') as train,
      count(distinct subject) filter (where fold = 'train') as train_subjects,
      count(*) filter (where fold = 'validation') as validation,
      count(*) filter (where fold = 'test') as test
    from split_items where team_id = ${teamId} and split_id = any(${splitIds as string[]}::uuid[]) group by split_id`;
  return inOrder(splitIds, rows, (row) => row.splitId).map(
    (counts, index) => counts ?? { splitId: splitIds[index]!, train: 0, trainSubjects: 0, validation: 0, test: 0 },
  );
}

/** By item name, so that the order is the same on every machine. */
export function splitItems(sql: TeamSql, teamId: string, splitId: string, fold?: Fold): Promise<Assignment[]> {
  return sql<Assignment[]>`
    select s.item_id, s.subject, s.fold
    from split_items s join items i on i.team_id = s.team_id and i.id = s.item_id
    where s.team_id = ${teamId} and s.split_id = ${splitId} ${fold ? sql`and s.fold = ${fold}` : sql``}
    order by i.name`;
}

/** Of several datasets, newest first. */
export function splitsOf(sql: TeamSql, teamId: string, datasetIds: readonly string[]): Promise<Split[]> {
  return sql<Split[]>`
    select ${sql(columns)} from splits where team_id = ${teamId} and dataset_id = any(${datasetIds as string[]}::uuid[])
    order by dataset_id, created_at desc, id`;
}
