/** @file One attempt at one slide job: its lease and its end. */
import type { SlideRequest } from "@tessera/domain/slides/request";
import {
  type ClaimedSlideJob,
  finishSlideJob,
  giveBackSlideJob,
  renewSlideJob,
  type SlideProgress,
} from "@tessera/store/slideJobQueue";
import { holdLease } from "../leased.ts";
import { leaseSeconds, type SupervisorOptions } from "../options.ts";
import { composeRate } from "./compose/composeRate.ts";
import { cutTiles } from "./cutTiles.ts";
import { makeBags } from "./makeBags.ts";
import type { RunningSlideJob } from "./slideJob.ts";

export interface SlideTurn {
  readonly worker: SupervisorOptions;
  readonly claimed: ClaimedSlideJob;
  /** Aborted when the worker is to stop: it gives the job back, and another worker goes on. */
  readonly stopping: AbortSignal;
}

export async function runSlideJob({ worker, claimed, stopping }: SlideTurn): Promise<void> {
  const { database, objects, objectsDirectory, maxThreads, teamId } = worker;
  const { id, attempt, request } = claimed;
  const of = { teamId, id, attempt };
  let now: SlideProgress | null = null;
  const lease = {
    name: `Slide job ${id}, attempt ${attempt}`,
    renew: () => renewSlideJob(database, { ...of, leaseSeconds, ...(now ?? nothing) }),
    giveBack: () => giveBackSlideJob(database, of),
    fail: (error: string) => finishSlideJob(database, { ...of, error }),
  };
  await holdLease(worker, stopping, lease, async (held) => {
    const job: RunningSlideJob = {
      database: { asTeam: (team, work) => held.patiently(() => database.asTeam(team, work)) },
      objects,
      objectsDirectory,
      maxThreads,
      teamId,
      claimed,
      held,
      progress(progress, readerPid) {
        now = progress;
        worker.observe({ type: "slides", jobId: id, slides: progress.done, tiles: progress.tiles, readerPid });
      },
    };
    const bagDatasetId = await work(job, request);
    await held.patiently(lease.renew); // what came after the last heartbeat
    await held.patiently(() => finishSlideJob(database, { ...of, error: null, bagDatasetId }));
  });
}

/** @returns the dataset of the bags that it made; of tiles none */
async function work(job: RunningSlideJob, request: SlideRequest): Promise<string | null> {
  if (request.kind === "features") return makeBags(job, request);
  if (request.kind === "compose") return composeRate(job, request);
  await cutTiles(job, request);
  return null;
}

const nothing: SlideProgress = { done: 0, total: 0, tiles: 0, seconds: 0 };
