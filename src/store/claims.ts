/**
 * @file The hot path of a run: claim, heartbeat, events, end. Each is one call of one SQL function, so it is done or not
 * done; only the newest attempt may write, and only the database's clock decides about leases.
 */
import { DomainError } from "@tessera/domain/errors";
import type { TrainerEvent } from "@tessera/domain/events";
import type { RunState } from "@tessera/domain/words";
import type { Database } from "./database.ts";
import type { Json } from "./runs.ts";
import { clean } from "./text.ts";

export interface ClaimedRun {
  readonly id: string;
  readonly attempt: number;
  readonly arm: string;
  readonly seed: number;
  readonly configuration: Json;
  readonly datasetId: string;
  readonly labelVersionId: string;
  readonly splitId: string;
  readonly startingRunId: string | null;
  /** The starting run's best checkpoint. */
  readonly startingCheckpointSha256: string | null;
  /** The newest "latest" checkpoint; null: from the beginning. */
  readonly resume: { readonly sha256: string; readonly step: number; readonly epoch: number } | null;
  /** The best checkpoint up to `resume`. */
  readonly best: {
    readonly sha256: string;
    readonly step: number;
    readonly epoch: number;
    readonly validationScore: number | null;
  } | null;
  readonly classes: readonly string[];
}

/** What a worker's end of an attempt can be; "lost": the child died; "stopped": the worker was, on purpose. */
export type AttemptOutcome = "succeeded" | "failed" | "cancelled" | "lost" | "stopped";

interface Attempt {
  readonly teamId: string;
  readonly runId: string;
  readonly attempt: number;
}

/** The oldest run that can start, now held by this worker for `leaseSeconds`; null where there is none. */
export async function claimRun(
  db: Database,
  { teamId, workerId, leaseSeconds }: { teamId: string; workerId: string; leaseSeconds: number },
): Promise<ClaimedRun | null> {
  const [row] = await db.once(
    (sql) => sql<{ claimed: ClaimedRun | null }[]>`
      select claim_run(${teamId}, ${workerId}, ${leaseSeconds}) as claimed`,
  );
  return row!.claimed;
}

/** Renews the lease. Not `owned`: another attempt has the run, or it has ended; stop. */
export async function heartbeat(
  db: Database,
  { teamId, runId, attempt, workerId, leaseSeconds }: Attempt & { workerId: string; leaseSeconds: number },
): Promise<{ owned: boolean; cancelRequested: boolean }> {
  const [row] = await db.once(
    (sql) => sql<{ answer: { owned: boolean; cancelRequested: boolean } }[]>`
      select heartbeat(${teamId}, ${runId}, ${attempt}, ${workerId}, ${leaseSeconds}) as answer`,
  );
  return row!.answer;
}

interface Answer {
  readonly status: "applied" | "repeated" | "ended" | "stale" | "unknown";
  readonly cancelRequested: boolean;
  readonly state: RunState;
  readonly attempt: number;
}

/**
 * Applies one batch, all of it or nothing, once: a repeated `sequence` of the attempt changes nothing.
 * @throws DomainError STALE_ATTEMPT when this attempt may no longer write; NOT_FOUND; BAD_INPUT for points that are no series.
 */
export async function ingest(
  db: Database,
  { teamId, runId, attempt, sequence, events }: Attempt & { sequence: number; events: readonly TrainerEvent[] },
): Promise<{ applied: boolean; cancelRequested: boolean }> {
  const batch = events.map(encode);
  const [row] = await db.once(
    (sql) => sql<{ answer: Answer }[]>`
      select ingest(${teamId}, ${runId}, ${attempt}, ${sequence}, ${sql.json(batch as never)}) as answer`,
  );
  refuse(row!.answer, runId, attempt);
  return { applied: row!.answer.status === "applied", cancelRequested: row!.answer.cancelRequested };
}

/** @returns the run's new state. Told twice, it answers as the first time. @throws DomainError STALE_ATTEMPT, NOT_FOUND. */
export async function endAttempt(
  db: Database,
  { teamId, runId, attempt, outcome, error = null }: Attempt & { outcome: AttemptOutcome; error?: string | null },
): Promise<RunState> {
  const [row] = await db.once(
    (sql) => sql<{ answer: Answer }[]>`
      select end_attempt(${teamId}, ${runId}, ${attempt}, ${outcome}, ${error && clean(error)}) as answer`,
  );
  refuse(row!.answer, runId, attempt);
  return row!.answer.state;
}

function refuse({ status, state, attempt: newest }: Answer, runId: string, attempt: number): void {
  if (status === "unknown") throw new DomainError("NOT_FOUND", `No run ${runId} in this team.`, { runId });
  if (status !== "stale") return;
  throw new DomainError(
    "STALE_ATTEMPT",
    `Attempt ${attempt} may not write: the run is ${state}, its newest attempt is ${newest}. Stop this attempt.`,
    { runId, attempt, newest, state },
  );
}

/** JSON has no NaN, so points travel as PostgreSQL's array text, which has. */
function encode(event: TrainerEvent): Json {
  if (event.type === "log") return { ...event, message: clean(event.message) };
  if (event.type !== "points") return { ...event };
  const { series, steps, values } = event;
  const increasing = steps.every(
    (step, i) => Number.isSafeInteger(step) && step >= 0 && (i === 0 || step > steps[i - 1]!),
  );
  if (steps.length === 0 || steps.length !== values.length || !increasing) {
    throw new DomainError(
      "BAD_INPUT",
      `Expected as many values as steps, at least one, the steps whole and increasing; got ${steps.length} steps and ${values.length} values of "${series}".`,
      { series },
    );
  }
  return { type: "points", series: clean(series), steps: `{${steps.join(",")}}`, values: `{${values.join(",")}}` };
}
