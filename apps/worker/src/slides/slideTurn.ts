/** @file Slide jobs, one at a time. */
import { claimSlideJob } from "@tessera/store/slideJobQueue";
import { leaseSeconds, pollMs, type SupervisorOptions } from "../options.ts";
import { runSlideJob } from "./runSlideJob.ts";

/** @returns a turn, which says how long to rest after it */
export function slideTurn(worker: SupervisorOptions, workerId: string, stopping: AbortSignal) {
  const { database, teamId } = worker;
  return async (): Promise<number> => {
    const claimed = await claimSlideJob(database, { teamId, workerId, leaseSeconds });
    if (claimed === null) return pollMs;
    await runSlideJob({ worker, claimed, stopping });
    return 0;
  };
}
