/** @file Work that a worker holds by a lease: renewed while it goes on, given back where the worker is stopped. */
import { DomainError } from "@tessera/domain/errors";
import { messageOf, pause, untilItPasses } from "./backoff.ts";
import { heartbeatMs, type SupervisorOptions } from "./options.ts";

export interface Lease {
  /** For the log. */
  readonly name: string;
  /** False: another attempt has it, or it is over. */
  renew(): Promise<boolean>;
  giveBack(): Promise<void>;
  /** Ends it with this error. */
  fail(error: string): Promise<void>;
}

export interface Held {
  /** Aborted when the lease is lost or the worker is to stop. */
  readonly signal: AbortSignal;
  /** Calls again and again where the database is away for a while. @throws GivenUp once `signal` is aborted */
  patiently<T>(call: () => Promise<T>): Promise<T>;
}

/** The work is no longer this worker's. */
export class GivenUp extends Error {}

/** Never throws: what `work` throws ends the lease with its message, or lets it go to the next worker. */
export async function holdLease(
  worker: SupervisorOptions,
  stopping: AbortSignal,
  lease: Lease,
  work: (held: Held) => Promise<void>,
): Promise<void> {
  const log = (message: string) =>
    worker.observe({ type: "log", level: "warning", message: `${lease.name}: ${message}` });
  const over = new AbortController();
  const signal = AbortSignal.any([stopping, over.signal]);

  const renewing = (async () => {
    while (!signal.aborted) {
      try {
        if (!(await lease.renew())) over.abort();
      } catch (error) {
        log(`No heartbeat: ${messageOf(error)}`);
      }
      await pause(heartbeatMs, signal);
    }
  })();

  const held: Held = {
    signal,
    async patiently(call) {
      const done = await untilItPasses(
        async () => ({ value: await call() }),
        signal,
        (error) => log(messageOf(error)),
      );
      if (done === null) throw new GivenUp();
      return done.value;
    },
  };

  try {
    await work(held);
  } catch (error) {
    if (signal.aborted || error instanceof GivenUp || isStale(error)) log("Given up; another worker goes on with it.");
    else if (isUnavailable(error)) log(`Let go until its lease lapses, then it is tried again: ${messageOf(error)}`);
    else {
      const failed = (inner: unknown) => log(`Its end could not be told, its lease will lapse: ${messageOf(inner)}`);
      await held.patiently(() => lease.fail(messageOf(error))).catch(failed);
    }
  } finally {
    over.abort();
    await renewing;
    if (stopping.aborted) {
      const failed = (error: unknown) => log(`Not given back, its lease will lapse: ${messageOf(error)}`);
      await lease.giveBack().catch(failed);
    }
  }
}

/** A child or the disk, not the work. A lapsed lease counts as a lost worker, so it is not tried for ever. */
export const isUnavailable = (error: unknown) => error instanceof DomainError && error.code === "UNAVAILABLE";
const isStale = (error: unknown) => error instanceof DomainError && error.code === "STALE_ATTEMPT";
