/** @file Runs: one training, or one foreign script, with one full configuration and one seed. */
import { DomainError } from "@tessera/domain/errors";
import type { RunState } from "@tessera/domain/words";
import type { TeamSql } from "./database.ts";
import { decodeCursor, inOrder, type Page, type PageOf, pageOf, pageSize } from "./page.ts";
import { ensureProject } from "./projects.ts";

export type Json = Readonly<Record<string, unknown>>;

export interface Run {
  readonly id: string;
  readonly projectId: string;
  readonly experimentId: string | null;
  readonly source: "tessera" | "foreign";
  readonly name: string;
  readonly arm: string;
  readonly seed: number;
  readonly configuration: Json;
  /** These three are null for a foreign run that named none. */
  readonly datasetId: string | null;
  readonly labelVersionId: string | null;
  /** What the test fold is scored on; null: labelVersionId. */
  readonly evaluationLabelVersionId: string | null;
  readonly splitId: string | null;
  /** Whose best checkpoint gives the starting weights; this run waits for it. */
  readonly startingRunId: string | null;
  readonly codeCommit: string;
  readonly state: RunState;
  /** The newest attempt's number; 0 before the first. */
  readonly attempt: number;
  readonly attemptsLeft: number;
  readonly workerId: string | null;
  readonly cancelRequested: boolean;
  readonly phase: string;
  readonly step: number;
  readonly totalSteps: number;
  readonly error: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export const runColumns = [
  "id",
  "project_id",
  "experiment_id",
  "source",
  "name",
  "arm",
  "seed",
  "configuration",
  "dataset_id",
  "label_version_id",
  "evaluation_label_version_id",
  "split_id",
  "starting_run_id",
  "code_commit",
  "state",
  "attempt",
  "attempts_left",
  "worker_id",
  "cancel_requested",
  "phase",
  "step",
  "total_steps",
  "error",
  "created_by",
  "created_at",
  "started_at",
  "finished_at",
] as const;

export async function runsByIds(sql: TeamSql, teamId: string, ids: readonly string[]): Promise<(Run | null)[]> {
  const rows = await sql<Run[]>`
    select ${sql(runColumns)} from runs where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}

/** Newest first. */
export async function listRuns(
  sql: TeamSql,
  teamId: string,
  { page = {}, experimentId, state }: { page?: Page; experimentId?: string | null; state?: RunState | null },
): Promise<PageOf<Run>> {
  const size = pageSize(page.first);
  const after = decodeCursor(page.after, 2);
  const chosen = sql`
    from runs where team_id = ${teamId}
      ${experimentId ? sql`and experiment_id = ${experimentId}` : sql``}
      ${state ? sql`and state = ${state}` : sql``}`;
  const rows = await sql<(Run & { at: string })[]>`
    select ${sql(runColumns)}, created_at::text as at ${chosen}
      ${after ? sql`and (created_at, id) < (${after[0]!}::text::timestamptz, ${after[1]!}::uuid)` : sql``}
    order by created_at desc, id desc limit ${size + 1}`;
  const [total] = await sql<[{ count: number }]>`select count(*) ${chosen}`;
  return pageOf(rows, size, total.count, (row) => [row.at, row.id]);
}

/** All runs of each experiment, in the order they were made; one list per experiment asked. */
export async function runsOfExperiments(
  sql: TeamSql,
  teamId: string,
  experimentIds: readonly string[],
): Promise<Run[][]> {
  const rows = await sql<Run[]>`
    select ${sql(runColumns)} from runs
    where team_id = ${teamId} and experiment_id = any(${experimentIds as string[]}::uuid[])
    order by created_at, id`;
  const byExperiment = Map.groupBy(rows, (row) => row.experimentId);
  return experimentIds.map((id) => byExperiment.get(id) ?? []);
}

/** A run of somebody else's script: running from the start, attempt 1, with no lease and no worker. */
export async function createForeignRun(
  sql: TeamSql,
  teamId: string,
  run: {
    projectName: string;
    name: string;
    arm?: string | null;
    seed?: number | null;
    configuration: Json;
    createdBy: string;
    codeCommit: string;
  },
): Promise<Run> {
  const project = await ensureProject(sql, teamId, run.projectName);
  const [row] = await sql<[Run]>`
    with run as (
      insert into runs (team_id, project_id, source, name, arm, seed, configuration, code_commit, created_by, state, attempt, started_at)
      values (${teamId}, ${project.id}, 'foreign', ${run.name}, ${run.arm ?? ""}, ${run.seed ?? 0},
        ${sql.json(run.configuration as never)}, ${run.codeCommit}, ${run.createdBy}, 'running', 1, clock_timestamp())
      returning *),
    started as (insert into attempts (team_id, run_id, attempt) select team_id, id, 1 from run)
    select ${sql(runColumns)} from run`;
  return row;
}

/** @throws DomainError NOT_FOUND; CONFLICT unless it is a running foreign run (or already ended so). */
export async function finishForeignRun(
  sql: TeamSql,
  teamId: string,
  runId: string,
  state: "succeeded" | "failed" | "cancelled",
): Promise<Run> {
  const run = await lockRun(sql, teamId, runId);
  if (run.source === "foreign" && run.state === state) return run; // told twice
  if (run.source !== "foreign" || run.state !== "running") {
    throw new DomainError(
      "CONFLICT",
      `Expected a running run of a foreign script, got a ${run.source} run that is ${run.state}.`,
      { runId, state: run.state },
    );
  }
  await sql`
    update attempts set ended_at = clock_timestamp(), outcome = ${state}
    where team_id = ${teamId} and run_id = ${runId} and attempt = ${run.attempt} and ended_at is null`;
  return update(sql, teamId, runId, sql`state = ${state}, finished_at = clock_timestamp()`);
}

/** A queued run is cancelled at once; a running one is asked to stop. @throws DomainError NOT_FOUND; CONFLICT when it has ended. */
export async function requestCancel(sql: TeamSql, teamId: string, runId: string): Promise<Run> {
  const run = await lockRun(sql, teamId, runId);
  if (run.state === "queued") {
    return update(
      sql,
      teamId,
      runId,
      sql`cancel_requested = true, state = 'cancelled', finished_at = clock_timestamp()`,
    );
  }
  if (run.state === "running") return update(sql, teamId, runId, sql`cancel_requested = true`);
  throw new DomainError("CONFLICT", `Only a queued or running run can be cancelled; this one has ${run.state}.`, {
    runId,
  });
}

/** A failed or cancelled run goes on from its newest checkpoint. @throws DomainError NOT_FOUND, CONFLICT. */
export async function requeueRun(sql: TeamSql, teamId: string, runId: string): Promise<Run> {
  const run = await lockRun(sql, teamId, runId);
  if (run.source !== "tessera" || (run.state !== "failed" && run.state !== "cancelled")) {
    throw new DomainError("CONFLICT", `Only a failed or cancelled run can be requeued; this one is ${run.state}.`, {
      runId,
    });
  }
  return update(
    sql,
    teamId,
    runId,
    sql`state = 'queued', cancel_requested = false, attempts_left = default, error = null, finished_at = null`,
  );
}

async function lockRun(sql: TeamSql, teamId: string, runId: string): Promise<Run> {
  const [run] = await sql<Run[]>`
    select ${sql(runColumns)} from runs where team_id = ${teamId} and id = ${runId} for update`;
  if (!run) throw new DomainError("NOT_FOUND", `No run ${runId} in this team.`, { runId });
  return run;
}

async function update(sql: TeamSql, teamId: string, runId: string, change: ReturnType<TeamSql>): Promise<Run> {
  const [run] = await sql<[Run]>`
    update runs set ${change} where team_id = ${teamId} and id = ${runId} returning ${sql(runColumns)}`;
  return run;
}

export interface RunChange {
  readonly runId: string;
  readonly state: RunState;
  readonly step: number;
  readonly totalSteps: number;
  readonly phase: string;
  /** Differs after every change but a renewed lease: compare with the one seen last. */
  readonly updatedMarker: number;
}

/** What a subscription polls: one narrow row per run that is there, always in one order, so that answers can be compared. */
export function runChanges(sql: TeamSql, teamId: string, runIds: readonly string[]): Promise<RunChange[]> {
  return sql<RunChange[]>`
    select id as run_id, state, step, total_steps, phase, revision as updated_marker
    from runs where team_id = ${teamId} and id = any(${runIds as string[]}::uuid[]) order by id`;
}

/** Of experiments on this label version and split that have a run which starts from that run, newest first: their ids. */
export async function experimentsStartingFrom(
  sql: TeamSql,
  teamId: string,
  { startingRunId, labelVersionId, splitId }: { startingRunId: string; labelVersionId: string; splitId: string },
): Promise<string[]> {
  const rows = await sql<{ experimentId: string }[]>`
    select experiment_id from runs
    where team_id = ${teamId} and starting_run_id = ${startingRunId} and label_version_id = ${labelVersionId}
      and split_id = ${splitId} and experiment_id is not null
    group by experiment_id order by max(created_at) desc limit 20`;
  return rows.map((row) => row.experimentId);
}
