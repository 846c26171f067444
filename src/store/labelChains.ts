/** @file Label-noise chains. A row never changes. */
import { DomainError } from "@tessera/domain/errors";
import type { LabelChain } from "@tessera/domain/labelChain/chain";
import { sortedJson } from "@tessera/domain/sortedJson";
import type { TeamSql } from "./database.ts";
import { inOrder } from "./page.ts";

export interface StoredLabelChain extends LabelChain {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly note: string;
  readonly createdBy: string;
  readonly createdAt: Date;
}

export type NewLabelChain = Omit<StoredLabelChain, "id" | "createdAt">;

const columns = [
  "id",
  "project_id",
  "name",
  "note",
  "classes",
  "prevalence",
  "prevalence_source",
  "stages",
  "direct",
  "created_by",
  "created_at",
] as const;

/** The same chain again is the first. @throws DomainError CONFLICT where the project has another one of this name */
export async function insertLabelChain(sql: TeamSql, teamId: string, chain: NewLabelChain): Promise<StoredLabelChain> {
  const { projectId, name, note, classes, prevalence, prevalenceSource, stages, direct, createdBy } = chain;
  const [row] = await sql<StoredLabelChain[]>`
    insert into label_chains (team_id, project_id, name, note, classes, prevalence, prevalence_source, stages, direct, created_by)
    values (${teamId}, ${projectId}, ${name}, ${note}, ${classes as string[]}, ${prevalence as number[] | null}, ${prevalenceSource},
      ${sql.json(stages as never)}, ${direct && sql.json(direct as never)}, ${createdBy})
    on conflict (team_id, project_id, name) do nothing returning ${sql(columns)}`;
  if (row) return row;
  const [before] = await sql<[StoredLabelChain]>`
    select ${sql(columns)} from label_chains where team_id = ${teamId} and project_id = ${projectId} and name = ${name}`;
  if (contentOf(before) === contentOf(chain)) return before;
  const message = `This project has another label chain named "${name}", and a chain never changes; give another name.`;
  throw new DomainError("CONFLICT", message, { name, id: before.id });
}

const contentOf = ({ note, classes, prevalence, prevalenceSource, stages, direct }: NewLabelChain | StoredLabelChain) =>
  sortedJson({ note, classes, prevalence, prevalenceSource, stages, direct });

/** Newest first. */
export function listLabelChains(sql: TeamSql, teamId: string): Promise<StoredLabelChain[]> {
  return sql<StoredLabelChain[]>`
    select ${sql(columns)} from label_chains where team_id = ${teamId} order by created_at desc, id`;
}

export async function labelChainsByIds(
  sql: TeamSql,
  teamId: string,
  ids: readonly string[],
): Promise<(StoredLabelChain | null)[]> {
  const rows = await sql<StoredLabelChain[]>`
    select ${sql(columns)} from label_chains where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}
