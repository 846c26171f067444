/** @file Studies of witness rates: their design, and what of it waits for bags that a worker composes. */
import { DomainError } from "@tessera/domain/errors";
import type { ComposeRequest } from "@tessera/domain/slides/request";
import type { WitnessDesign } from "@tessera/domain/study/witnessStudy";
import type { RunState } from "@tessera/domain/words";
import type { TeamSql } from "./database.ts";
import type { Arm, NewRun } from "./experiments.ts";
import { createSlideJob } from "./slideJobs.ts";

export interface WitnessStudyRow {
  readonly experimentId: string;
  readonly design: WitnessDesign;
  /** Of the composed bags. */
  readonly bagDatasetId: string;
}

export interface WitnessStudyRate {
  readonly experimentId: string;
  readonly rate: number;
  readonly slideJobId: string;
  /** Of its job. */
  readonly state: RunState;
  /** Bags. */
  readonly total: number;
  readonly done: number;
  readonly error: string | null;
  /** Once its bags are there. */
  readonly labelVersionId: string | null;
  readonly splitId: string | null;
}

/** Of a study: in `runs` once its bags are there. */
export interface WantedWitnessRun {
  readonly experimentId: string;
  readonly arm: string;
  readonly seed: number;
}

export interface WitnessStudyChange extends WitnessStudyRow {
  readonly arms: readonly Arm[];
  readonly seeds: readonly number[];
  readonly runs: readonly (NewRun & { readonly rate: number })[];
  /** Whose tiles. */
  readonly datasetId: string;
  readonly splitId: string;
  readonly labelVersionId: string;
  readonly codeCommit: string;
  readonly createdBy: string;
}

/**
 * Makes the experiment a witness study, or grows it: bags of new rates are asked for, those of jobs that failed or were cancelled once more;
 * runs whose bags are there are queued at once.
 * @throws DomainError CONFLICT when an arm or a seed of before would be changed or taken away
 */
export async function saveWitnessStudy(sql: TeamSql, teamId: string, study: WitnessStudyChange): Promise<void> {
  const { experimentId, design, bagDatasetId, arms, seeds, runs, codeCommit, createdBy } = study;
  await sql`
    insert into witness_studies (team_id, experiment_id, design, bag_dataset_id)
    values (${teamId}, ${experimentId}, ${sql.json(design as never)}, ${bagDatasetId})
    on conflict (team_id, experiment_id) do update set design = excluded.design`;
  await askForBags(sql, teamId, study);
  const [row] = await sql<{ added: number | null }[]>`
    select extend_witness_study(${teamId}, ${experimentId}, ${sql.json(arms as never)}, ${seeds as number[]}::integer[],
      ${sql.json(runs as never)}, ${codeCommit}, ${createdBy}) as added`;
  if (row!.added === null) {
    const message =
      "Expected every arm and seed that the experiment has, as they are: they are never changed or taken away";
    throw new DomainError("CONFLICT", message, { experimentId });
  }
  await sql`select advance_witness_study(${teamId}, ${experimentId})`;
}

async function askForBags(sql: TeamSql, teamId: string, study: WitnessStudyChange): Promise<void> {
  const { experimentId, design, bagDatasetId, datasetId, splitId, labelVersionId, createdBy } = study;
  const known = await witnessRatesOf(sql, teamId, [experimentId]);
  for (const rate of design.rates) {
    const there = known.find((each) => each.rate === rate);
    if (there && there.state !== "failed" && there.state !== "cancelled") continue;
    const request: ComposeRequest = {
      kind: "compose",
      ...{ experimentId, rate, bags: design.bags, splitId, labelVersionId, bagDatasetId },
    };
    const { id } = await createSlideJob(sql, teamId, { datasetId, request, createdBy });
    await sql`
      insert into witness_study_rates (team_id, experiment_id, rate, slide_job_id)
      values (${teamId}, ${experimentId}, ${rate}, ${id})
      on conflict (team_id, experiment_id, rate) do update set slide_job_id = excluded.slide_job_id`;
  }
}

/** By a worker that holds the rate's job: its bags are there, and the runs that waited for them are queued. Told twice, it changes nothing. */
export async function keepRateBags(
  sql: TeamSql,
  teamId: string,
  bags: Pick<WitnessStudyRate, "experimentId" | "rate"> & { readonly labelVersionId: string; readonly splitId: string },
): Promise<void> {
  await sql`
    update witness_study_rates set label_version_id = ${bags.labelVersionId}, split_id = ${bags.splitId}
    where team_id = ${teamId} and experiment_id = ${bags.experimentId} and rate = ${bags.rate} and label_version_id is null`;
}

/** In any order; none of an experiment that is no witness study. */
export function witnessStudiesOf(
  sql: TeamSql,
  teamId: string,
  experimentIds: readonly string[],
): Promise<WitnessStudyRow[]> {
  return sql<WitnessStudyRow[]>`
    select experiment_id, design, bag_dataset_id from witness_studies
    where team_id = ${teamId} and experiment_id = any(${experimentIds as string[]}::uuid[])`;
}

/** By experiment and rate. */
export function witnessRatesOf(
  sql: TeamSql,
  teamId: string,
  experimentIds: readonly string[],
): Promise<WitnessStudyRate[]> {
  return sql<WitnessStudyRate[]>`
    select r.experiment_id, r.rate, r.slide_job_id, j.state, j.total, j.done, j.error, r.label_version_id, r.split_id
    from witness_study_rates r join slide_jobs j on j.team_id = r.team_id and j.id = r.slide_job_id
    where r.team_id = ${teamId} and r.experiment_id = any(${experimentIds as string[]}::uuid[])
    order by r.experiment_id, r.rate`;
}

/** By experiment, in the order in which they are queued. */
export function wantedWitnessRunsOf(
  sql: TeamSql,
  teamId: string,
  experimentIds: readonly string[],
): Promise<WantedWitnessRun[]> {
  return sql<WantedWitnessRun[]>`
    select experiment_id, arm, seed from witness_study_runs
    where team_id = ${teamId} and experiment_id = any(${experimentIds as string[]}::uuid[])
    order by experiment_id, place, seed`;
}
