/** @file One attempt at one label job: its lease and its end. */
import type { Imaging } from "@tessera/imaging/client";
import { type ClaimedLabelJob, finishLabelJob, giveBackLabelJob, renewLabelJob } from "@tessera/store/labelJobQueue";
import { holdLease } from "../leased.ts";
import type { Measurer } from "../measurements/measurer.ts";
import { leaseSeconds, type SupervisorOptions } from "../options.ts";
import { compareMasks } from "./compareMasks.ts";
import type { RunningLabelJob } from "./labelJob.ts";
import { makeVersion } from "./makeVersion.ts";

export interface LabelTurn {
  readonly worker: SupervisorOptions;
  readonly claimed: ClaimedLabelJob;
  /** Aborted when the worker is to stop: it gives the job back, and another worker goes on. */
  readonly stopping: AbortSignal;
  readonly imaging: Imaging;
  readonly measurer: Measurer;
}

export async function runLabelJob({ worker, claimed, stopping, imaging, measurer }: LabelTurn): Promise<void> {
  const { database, objects, teamId } = worker;
  const { id, attempt, request } = claimed;
  const of = { teamId, id, attempt };
  let [done, total] = [0, 0];
  const lease = {
    name: `Label job ${id}, attempt ${attempt}`,
    renew: () => renewLabelJob(database, { ...of, leaseSeconds, done, total }),
    giveBack: () => giveBackLabelJob(database, of),
    fail: (error: string) => finishLabelJob(database, { ...of, error, done, labelVersionId: null }),
  };
  await holdLease(worker, stopping, lease, async (held) => {
    const job: RunningLabelJob = {
      database: { asTeam: (team, work) => held.patiently(() => database.asTeam(team, work)) },
      objects,
      imaging,
      measurer,
      teamId,
      claimed,
      held,
      progress(now, of) {
        [done, total] = [now, of];
        worker.observe({ type: "labelled", jobId: id, items: now, measurerPid: measurer.processId() ?? 0 });
      },
    };
    if (request.kind === "makeVersion") {
      const version = await makeVersion(job, request);
      const end = { ...of, error: null, done: version.items, labelVersionId: version.id };
      await held.patiently(() => finishLabelJob(database, end));
    } else {
      const pairs = await compareMasks(job, request);
      await held.patiently(() => finishLabelJob(database, { ...of, error: null, done: pairs, labelVersionId: null }));
    }
  });
}
