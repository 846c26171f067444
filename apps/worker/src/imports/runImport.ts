/** @file One attempt of one import: its lease, its cancel, its end. */
import { DomainError } from "@tessera/domain/errors";
import {
  type ClaimedImport,
  finishImport,
  forgetFilms,
  giveBackImport,
  renewImport,
  reportImport,
} from "@tessera/store/imports";
import { messageOf, pause, untilItPasses } from "../backoff.ts";
import { heartbeatMs, leaseSeconds, type SupervisorOptions } from "../options.ts";
import type { ImportContext } from "./importContext.ts";
import { importFiles } from "./importFiles.ts";

export interface RunningImport {
  readonly worker: SupervisorOptions;
  readonly claimed: ClaimedImport;
  /** Aborted when the worker is to stop: it gives the import back, and another worker goes on. */
  readonly stopping: AbortSignal;
}

class Cancelled extends Error {}
class GivenUp extends Error {}

export async function runImport({ worker, claimed, stopping }: RunningImport): Promise<void> {
  const { database, objects, teamId } = worker;
  const { id, attempt } = claimed;
  const log = (message: string) =>
    worker.observe({ type: "log", level: "warning", message: `Import ${id}, attempt ${attempt}: ${message}` });
  const over = new AbortController();
  const signal = AbortSignal.any([stopping, over.signal]);
  let cancelled = false;
  const check = () => {
    if (cancelled) throw new Cancelled();
    if (signal.aborted) throw new GivenUp();
  };
  const patiently = <T>(call: () => Promise<T>) => untilItPasses(call, signal, (error) => log(messageOf(error)));

  const renewing = (async () => {
    while (!signal.aborted) {
      try {
        const answer = await renewImport(database, { teamId, id, attempt, leaseSeconds });
        cancelled ||= answer.cancelRequested;
        if (!answer.owned) over.abort();
      } catch (error) {
        log(`No heartbeat: ${messageOf(error)}`);
      }
      await pause(heartbeatMs, signal);
    }
  })();

  const context: ImportContext = {
    database: {
      async asTeam(team, work) {
        const done = await patiently(async () => ({ value: await database.asTeam(team, work) }));
        if (done === null) throw new GivenUp();
        return done.value;
      },
    },
    objects,
    teamId,
    claimed,
    async report(counts, problems) {
      const answer = await patiently(() => reportImport(database, { teamId, id, attempt, ...counts, problems }));
      cancelled ||= answer?.cancelRequested ?? false;
      check();
    },
  };
  const finish = (end: Omit<Parameters<typeof finishImport>[1], "teamId" | "id" | "attempt">) =>
    patiently(() => finishImport(database, { teamId, id, attempt, ...end }));

  try {
    const frozen = await importFiles(context);
    check();
    await finish({ state: "succeeded", ...frozen });
  } catch (error) {
    if (error instanceof GivenUp || isStale(error)) log("Given up; another worker goes on with it.");
    else if (error instanceof Cancelled) await finish({ state: "cancelled" });
    else if (isUnavailable(error)) log(`Let go until its lease lapses, then it is tried again: ${messageOf(error)}`);
    else await finish({ state: "failed", error: messageOf(error) });
  } finally {
    over.abort();
    await renewing;
    if (claimed.layout === "dicom")
      await removeFilms(worker).catch((error) => log(`Films stay stored: ${messageOf(error)}`));
    if (stopping.aborted) {
      const failed = (error: unknown) => log(`Not given back, its lease will lapse: ${messageOf(error)}`);
      await giveBackImport(database, { teamId, id, attempt }).catch(failed);
    }
  }
}

/** The uploaded files name their patients. The database forgets first, as of checkpoints. */
async function removeFilms({ database, teamId, objects }: SupervisorOptions): Promise<void> {
  for (const sha256 of await forgetFilms(database, teamId)) await objects.remove(teamId, sha256);
}

/** The decoder or the disk, not the import. A lapsed lease counts as a lost worker, so it is not tried for ever. */
const isUnavailable = (error: unknown) => error instanceof DomainError && error.code === "UNAVAILABLE";
const isStale = (error: unknown) => error instanceof DomainError && error.code === "STALE_ATTEMPT";
