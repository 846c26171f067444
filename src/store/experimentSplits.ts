/** @file Which split the runs of a seed are on, in an experiment that is cross-validated. Never updated. */
import type { TeamSql } from "./database.ts";

export interface ExperimentSplit {
  readonly experimentId: string;
  readonly seed: number;
  readonly repeat: number;
  readonly fold: number;
  readonly splitId: string;
}

export async function insertExperimentSplits(
  sql: TeamSql,
  teamId: string,
  experimentId: string,
  rows: readonly Omit<ExperimentSplit, "experimentId">[],
): Promise<void> {
  await sql`
    insert into experiment_splits (team_id, experiment_id, seed, repeat, fold, split_id)
    select ${teamId}, ${experimentId}, r.seed, r.repeat, r.fold, r."splitId"
    from jsonb_to_recordset(${sql.json(rows as never)}) as r (seed integer, repeat integer, fold integer, "splitId" uuid)`;
}

/** By repeat and fold, one list per experiment asked; empty where it is not cross-validated. */
export async function experimentSplits(
  sql: TeamSql,
  teamId: string,
  experimentIds: readonly string[],
): Promise<ExperimentSplit[][]> {
  const rows = await sql<ExperimentSplit[]>`
    select experiment_id, seed, repeat, fold, split_id from experiment_splits
    where team_id = ${teamId} and experiment_id = any(${experimentIds as string[]}::uuid[])
    order by repeat, fold`;
  const byExperiment = Map.groupBy(rows, ({ experimentId }) => experimentId);
  return experimentIds.map((id) => byExperiment.get(id) ?? []);
}
