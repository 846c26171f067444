/** @file Runs that differ in the noise of their labels alone. */
import type { TeamSql } from "./database.ts";
import { type Json, type Run, runColumns } from "./runs.ts";

/** More runs than a board can show are not read. */
const most = 400;

/** With this configuration, on these label versions and this split: by label version, then seed. */
export function runsOnVersions(
  sql: TeamSql,
  teamId: string,
  {
    configuration,
    labelVersionIds,
    splitId,
  }: { readonly configuration: Json; readonly labelVersionIds: readonly string[]; readonly splitId: string },
): Promise<Run[]> {
  return sql<Run[]>`
    select ${sql(runColumns)} from runs
    where team_id = ${teamId} and split_id = ${splitId} and label_version_id = any(${labelVersionIds as string[]}::uuid[])
      and configuration = ${sql.json(configuration as never)} and source = 'tessera'
    order by label_version_id, seed, created_at limit ${most}`;
}
