/** @file Studies of label noise: their design, and what of it waits for a label version. */
import { DomainError } from "@tessera/domain/errors";
import type { RuleResult } from "@tessera/domain/labels/result";
import type { NoiseDesign } from "@tessera/domain/study/noiseStudy";
import type { RunState } from "@tessera/domain/words";
import type { TeamSql } from "./database.ts";
import type { Arm, NewRun } from "./experiments.ts";

export interface NoiseStudyRow {
  readonly experimentId: string;
  readonly design: NoiseDesign;
}

export interface NoiseStudyVersion {
  readonly experimentId: string;
  readonly noise: string;
  readonly level: number;
  readonly trains: boolean;
  readonly evaluates: boolean;
  readonly labelJobId: string;
  /** Of the label job. */
  readonly state: RunState;
  readonly total: number;
  readonly done: number;
  readonly error: string | null;
  /** Once it is made. */
  readonly labelVersionId: string | null;
  readonly result: RuleResult | null;
}

/** Of a study: in `runs` once its labels are there. */
export interface WantedRun {
  readonly experimentId: string;
  readonly arm: string;
  readonly seed: number;
}

export interface FurtherScoring {
  readonly experimentId: string;
  readonly runId: string;
  readonly labelVersionId: string;
  readonly state: "queued" | "running" | "succeeded" | "failed";
  readonly evaluationId: string | null;
  readonly error: string | null;
}

export interface WantedNoiseRun extends NewRun {
  /** Null: no noise. */
  readonly noise: string | null;
  readonly level: number;
}

export interface NoiseStudyChange {
  readonly experimentId: string;
  /** As a whole, what it had before included. */
  readonly design: NoiseDesign;
  readonly versions: readonly Pick<NoiseStudyVersion, "noise" | "level" | "trains" | "evaluates" | "labelJobId">[];
  readonly arms: readonly Arm[];
  readonly seeds: readonly number[];
  readonly runs: readonly WantedNoiseRun[];
  readonly codeCommit: string;
  readonly createdBy: string;
}

/**
 * Makes the experiment a noise study, or grows it; what its labels allow is queued at once. Scorings that failed are tried again.
 * @throws DomainError CONFLICT when an arm or a seed of before would be changed or taken away
 */
export async function saveNoiseStudy(sql: TeamSql, teamId: string, study: NoiseStudyChange): Promise<void> {
  const { experimentId, design, versions, arms, seeds, runs, codeCommit, createdBy } = study;
  await sql`
    insert into noise_studies (team_id, experiment_id, design) values (${teamId}, ${experimentId}, ${sql.json(design as never)})
    on conflict (team_id, experiment_id) do update set design = excluded.design`;
  await sql`
    insert into noise_study_versions (team_id, experiment_id, noise, level, trains, evaluates, label_job_id)
    select ${teamId}, ${experimentId}, v.noise, v.level, v.trains, v.evaluates, v."labelJobId"
    from jsonb_to_recordset(${sql.json(versions as never)})
      as v (noise text, level float8, trains boolean, evaluates boolean, "labelJobId" uuid)
    on conflict (team_id, experiment_id, noise, level) do update
      set trains = excluded.trains, evaluates = excluded.evaluates, label_job_id = excluded.label_job_id`;
  const [row] = await sql<{ added: number | null }[]>`
    select extend_noise_study(${teamId}, ${experimentId}, ${sql.json(arms as never)}, ${seeds as number[]}::integer[],
      ${sql.json(runs as never)}, ${codeCommit}, ${createdBy}) as added`;
  if (row!.added === null) {
    const message =
      "Expected every arm and seed that the experiment has, as they are: they are never changed or taken away";
    throw new DomainError("CONFLICT", message, { experimentId });
  }
  await sql`
    update prediction_scorings p set state = 'queued', error = null, lost_workers = 0, finished_at = null
    from runs r where p.team_id = ${teamId} and p.state = 'failed' and p.scored_from is not null
      and r.team_id = p.team_id and r.id = p.run_id and r.experiment_id = ${experimentId}
      and not exists (select from prediction_scorings o
        where o.team_id = p.team_id and o.scored_from = p.scored_from and o.label_version_id = p.label_version_id
          and (o.state <> 'failed' or o.id > p.id))`;
  await sql`select advance_noise_study(${teamId}, ${experimentId})`;
}

/** In any order; none of an experiment that is no noise study. */
export function noiseStudiesOf(
  sql: TeamSql,
  teamId: string,
  experimentIds: readonly string[],
): Promise<NoiseStudyRow[]> {
  return sql<NoiseStudyRow[]>`
    select experiment_id, design from noise_studies
    where team_id = ${teamId} and experiment_id = any(${experimentIds as string[]}::uuid[])`;
}

/** By experiment, noise, level. */
export function noiseVersionsOf(
  sql: TeamSql,
  teamId: string,
  experimentIds: readonly string[],
): Promise<NoiseStudyVersion[]> {
  return sql<NoiseStudyVersion[]>`
    select v.experiment_id, v.noise, v.level, v.trains, v.evaluates, v.label_job_id, j.state, j.total, j.done, j.error,
      j.label_version_id, l.result
    from noise_study_versions v
    join label_jobs j on j.team_id = v.team_id and j.id = v.label_job_id
    left join label_versions l on l.team_id = j.team_id and l.id = j.label_version_id
    where v.team_id = ${teamId} and v.experiment_id = any(${experimentIds as string[]}::uuid[])
    order by v.experiment_id, v.noise, v.level`;
}

/** By experiment, in the order in which they are queued. */
export function wantedRunsOf(sql: TeamSql, teamId: string, experimentIds: readonly string[]): Promise<WantedRun[]> {
  return sql<WantedRun[]>`
    select experiment_id, arm, seed from noise_study_runs
    where team_id = ${teamId} and experiment_id = any(${experimentIds as string[]}::uuid[])
    order by experiment_id, place, seed`;
}

/** Of all runs of an experiment, by run; a further scoring that somebody asked for by hand is among them. */
export function furtherScoringsOf(
  sql: TeamSql,
  teamId: string,
  experimentIds: readonly string[],
): Promise<FurtherScoring[]> {
  return sql<FurtherScoring[]>`
    select r.experiment_id, p.run_id, p.label_version_id, p.state, p.evaluation_id, p.error
    from prediction_scorings p join runs r on r.team_id = p.team_id and r.id = p.run_id
    where p.team_id = ${teamId} and p.scored_from is not null and p.fold = 'test'
      and r.experiment_id = any(${experimentIds as string[]}::uuid[])
    order by p.run_id, p.created_at, p.id`;
}
