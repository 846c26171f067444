/** @file Arms and seeds that were added to an experiment. What it had before stays as it was; the database sees to that. */
import { DomainError } from "@tessera/domain/errors";
import type { TeamSql } from "./database.ts";
import type { Arm, NewRun } from "./experiments.ts";

export interface ExperimentExtension {
  readonly experimentId: string;
  /** From 1. */
  readonly number: number;
  /** Names. */
  readonly addedArms: readonly string[];
  readonly addedSeeds: readonly number[];
  readonly addedRuns: number;
  /** Runs of the experiment that were scored on test before: what whoever added these could have looked at. */
  readonly scoredRuns: number;
  readonly createdBy: string;
  readonly createdAt: Date;
}

export interface Extension {
  readonly experimentId: string;
  /** All that the experiment then has, those of before as they are. */
  readonly arms: readonly Arm[];
  readonly seeds: readonly number[];
  /** Of these the missing ones are queued. */
  readonly runs: readonly NewRun[];
  readonly codeCommit: string;
  readonly createdBy: string;
}

/**
 * @returns how many runs were queued; without any, nothing was written
 * @throws DomainError CONFLICT when an arm or a seed of before would be changed or taken away
 */
export async function extendExperiment(sql: TeamSql, teamId: string, extension: Extension): Promise<number> {
  const { experimentId, arms, seeds, runs, codeCommit, createdBy } = extension;
  const [row] = await sql<{ added: number | null }[]>`
    select extend_experiment(${teamId}, ${experimentId}, ${sql.json(arms as never)}, ${seeds as number[]}::integer[],
      ${sql.json(runs as never)}, ${codeCommit}, ${createdBy}) as added`;
  if (row!.added !== null) return row!.added;
  const message =
    "Expected every arm and seed that the experiment has, as they are: they are never changed or taken away";
  throw new DomainError("CONFLICT", message, { experimentId });
}

/** By experiment, then number. */
export function extensionsOf(
  sql: TeamSql,
  teamId: string,
  experimentIds: readonly string[],
): Promise<ExperimentExtension[]> {
  return sql<ExperimentExtension[]>`
    select experiment_id, number, added_arms, added_seeds, added_runs, scored_runs, created_by, created_at
    from experiment_extensions
    where team_id = ${teamId} and experiment_id = any(${experimentIds as string[]}::uuid[])
    order by experiment_id, number`;
}
