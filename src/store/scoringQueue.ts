/** @file The queue of predictions to be scored, as a worker sees it. Only the newest attempt may write. */
import { DomainError } from "@tessera/domain/errors";
import type { ItemCounts } from "@tessera/domain/events";
import type { Database } from "./database.ts";
import type { Task } from "./labelSchemas.ts";
import type { PredictionFile } from "./predictionScorings.ts";
import { clean } from "./text.ts";

export interface ClaimedScoring {
  readonly id: string;
  readonly attempt: number;
  readonly labelVersionId: string;
  /** Side of the square to count at, pixels. */
  readonly size: number;
  /** How many the label version's schema has. */
  readonly classes: number;
  /** The task of the label version. */
  readonly task: Task;
  /** The evaluation whose predictions these are, where they are scored on other labels. */
  readonly scoredFrom: string | null;
  /** None of classification: the database has its probabilities. */
  readonly predictions: readonly PredictionFile[];
}

interface Attempt {
  readonly teamId: string;
  readonly id: string;
  readonly attempt: number;
}

/** The oldest queued scoring, or one whose worker was lost; null where there is none. */
export async function claimScoring(
  db: Database,
  { teamId, workerId, leaseSeconds }: { teamId: string; workerId: string; leaseSeconds: number },
): Promise<ClaimedScoring | null> {
  const [row] = await db.once(
    (sql) => sql<{ claimed: ClaimedScoring | null }[]>`
      select claim_prediction_scoring(${teamId}, ${workerId}, ${leaseSeconds}) as claimed`,
  );
  return row!.claimed;
}

/** With the items counted so far. False: another attempt has it; stop. */
export async function renewScoring(
  db: Database,
  { teamId, id, attempt, leaseSeconds, done }: Attempt & { leaseSeconds: number; done: number },
): Promise<boolean> {
  const [row] = await db.once(
    (sql) => sql<{ owned: boolean }[]>`
      select renew_prediction_scoring(${teamId}, ${id}, ${attempt}, ${leaseSeconds}, ${done}) as owned`,
  );
  return row!.owned;
}

/** Makes the evaluation, with the next scoring number of the run's fold. Told twice, it is one. @throws DomainError STALE_ATTEMPT. */
export async function finishScoring(
  db: Database,
  { teamId, id, attempt, threshold, items }: Attempt & { threshold: number; items: readonly ItemCounts[] },
): Promise<void> {
  const [row] = await db.once(
    (sql) => sql<{ finished: boolean }[]>`
      select finish_prediction_scoring(${teamId}, ${id}, ${attempt}, ${threshold}, ${sql.json(items as never)}) as finished`,
  );
  if (!row!.finished) throw stale(id, attempt);
}

/** @throws DomainError STALE_ATTEMPT. */
export async function failScoring(
  db: Database,
  { teamId, id, attempt, error }: Attempt & { error: string },
): Promise<void> {
  const [row] = await db.once(
    (sql) => sql<{ failed: boolean }[]>`
      select fail_prediction_scoring(${teamId}, ${id}, ${attempt}, ${clean(error)}) as failed`,
  );
  if (!row!.failed) throw stale(id, attempt);
}

/** For a worker that is stopped on purpose: the next one goes on at once, and no worker counts as lost. */
export async function giveBackScoring(db: Database, { teamId, id, attempt }: Attempt): Promise<void> {
  await db.once((sql) => sql`select give_back_prediction_scoring(${teamId}, ${id}, ${attempt})`);
}

const stale = (id: string, attempt: number) =>
  new DomainError("STALE_ATTEMPT", `Attempt ${attempt} no longer holds this scoring; stop working on it.`, {
    id,
    attempt,
  });
