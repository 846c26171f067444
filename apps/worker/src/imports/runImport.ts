/** @file One attempt of one import: its lease, its cancel, its end. */
import type { ImportLayout } from "@tessera/domain/import/layouts";
import {
  type ClaimedImport,
  finishImport,
  forgetFilms,
  giveBackImport,
  renewImport,
  reportImport,
} from "@tessera/store/imports";
import { messageOf } from "../backoff.ts";
import { GivenUp, holdLease } from "../leased.ts";
import { leaseSeconds, type SupervisorOptions } from "../options.ts";
import type { ImportContext } from "./importContext.ts";
import { importFiles } from "./importFiles.ts";

export interface RunningImport {
  readonly worker: SupervisorOptions;
  readonly claimed: ClaimedImport;
  /** Aborted when the worker is to stop: it gives the import back, and another worker goes on. */
  readonly stopping: AbortSignal;
}

class Cancelled extends Error {}

export async function runImport({ worker, claimed, stopping }: RunningImport): Promise<void> {
  const { database, objects, teamId } = worker;
  const { id, attempt } = claimed;
  const of = { teamId, id, attempt };
  let cancelled = false;
  const lease = {
    name: `Import ${id}, attempt ${attempt}`,
    async renew() {
      const answer = await renewImport(database, { ...of, leaseSeconds });
      cancelled ||= answer.cancelRequested;
      return answer.owned;
    },
    giveBack: () => giveBackImport(database, of),
    fail: (error: string) => finishImport(database, { ...of, state: "failed", error }),
  };
  await holdLease(worker, stopping, lease, async ({ signal, patiently }) => {
    const check = () => {
      if (cancelled) throw new Cancelled();
      if (signal.aborted) throw new GivenUp();
    };
    const context: ImportContext = {
      database: { asTeam: (team, work) => patiently(() => database.asTeam(team, work)) },
      objects,
      teamId,
      claimed,
      async report(counts, problems) {
        const answer = await patiently(() => reportImport(database, { ...of, ...counts, problems }));
        cancelled ||= answer.cancelRequested;
        check();
      },
    };
    try {
      const frozen = await importFiles(context);
      check();
      await patiently(() => finishImport(database, { ...of, state: "succeeded", ...frozen }));
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
      await patiently(() => finishImport(database, { ...of, state: "cancelled" }));
    }
  });
  if (forgotten.has(claimed.layout)) await removeFilms(worker, lease.name);
}

/** Layouts of which something else is kept than what was uploaded. */
const forgotten: ReadonlySet<ImportLayout> = new Set(["dicom", "slides", "feature-files"]);

/** The uploaded films and slides may name their patients. The database forgets first, as of checkpoints. */
async function removeFilms(worker: SupervisorOptions, name: string): Promise<void> {
  const { database, teamId, objects } = worker;
  try {
    for (const sha256 of await forgetFilms(database, teamId)) await objects.remove(teamId, sha256);
  } catch (error) {
    worker.observe({ type: "log", level: "warning", message: `${name}: Films stay stored: ${messageOf(error)}` });
  }
}
