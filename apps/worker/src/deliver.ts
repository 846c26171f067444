/** @file Brings the records of a spool to the database, in order, each once. */
import { DomainError } from "@tessera/domain/errors";
import { putBlob } from "@tessera/store/blobs";
import { endAttempt, ingest } from "@tessera/store/claims";
import { messageOf, untilItPasses } from "./backoff.ts";
import type { SupervisorOptions } from "./options.ts";
import { pruneOldCheckpoints } from "./pruneCheckpoints.ts";
import type { BatchRecord, EndRecord } from "./spool/record.ts";
import type { Spool } from "./spool/spool.ts";

export type Delivery =
  /** The end record was delivered. */
  | { readonly type: "ended"; readonly end: EndRecord }
  /** A newer attempt exists, or the run is not running: nothing of this spool counts any more. */
  | { readonly type: "stale" }
  /** The database refuses a record for good: a bug, told as the run's error. */
  | { readonly type: "refused"; readonly error: string }
  /** Nothing left, and no end record (only where `wait` is false). */
  | { readonly type: "empty" }
  /** The signal was aborted; the rest stays in the spool. */
  | { readonly type: "aborted" };

export interface DeliverOptions {
  readonly worker: Pick<SupervisorOptions, "database" | "teamId" | "objects" | "observe">;
  readonly runId: string;
  readonly attempt: number;
  readonly spool: Spool;
  readonly signal: AbortSignal;
  /** Wait for more records until an end record comes. */
  readonly wait: boolean;
  readonly onCancelRequested: () => void;
}

export async function deliver(options: DeliverOptions): Promise<Delivery> {
  const { worker, runId, attempt, spool, signal } = options;
  let told = false;
  const onWait = (error: unknown) => {
    if (!told) log(`The database does not take batches: ${messageOf(error)}. They wait on disk.`);
    told = true;
  };
  const log = (message: string) =>
    worker.observe({ type: "log", level: "warning", message: `Run ${runId}, attempt ${attempt}: ${message}` });

  while (!signal.aborted) {
    const changed = spool.changed();
    const record = await spool.peek();
    if (record === null) {
      if (!options.wait) return { type: "empty" };
      await changed;
      continue;
    }
    try {
      const send = record.type === "batch" ? () => sendBatch(options, record) : () => sendEnd(options, record);
      if ((await untilItPasses(send, signal, onWait)) === null) break;
    } catch (error) {
      if (error instanceof DomainError && error.code === "STALE_ATTEMPT") return { type: "stale" };
      return { type: "refused", error: messageOf(error) };
    }
    if (told) log("The database takes batches again.");
    told = false;
    await spool.acknowledge();
    if (record.type === "end" || record.events.some(({ type }) => type === "checkpoint")) {
      await pruneOldCheckpoints(worker, runId);
    }
    if (record.type === "end") return { type: "ended", end: record };
    worker.observe({ type: "ingested", runId, attempt, sequence: record.sequence });
  }
  return { type: "aborted" };
}

async function sendBatch(options: DeliverOptions, { sequence, blobs, events }: BatchRecord): Promise<true> {
  const { worker, runId, attempt } = options;
  const { database, teamId } = worker;
  if (blobs.length > 0) {
    await database.asTeam(teamId, async (sql) => {
      for (const blob of blobs) await putBlob(sql, teamId, blob);
    });
  }
  const { cancelRequested } = await ingest(database, { teamId, runId, attempt, sequence, events: [...events] });
  if (cancelRequested) options.onCancelRequested();
  return true;
}

async function sendEnd({ worker, runId, attempt }: DeliverOptions, { outcome, error }: EndRecord): Promise<true> {
  await endAttempt(worker.database, {
    teamId: worker.teamId,
    runId,
    attempt,
    outcome,
    ...(error !== null && { error }),
  });
  return true;
}
