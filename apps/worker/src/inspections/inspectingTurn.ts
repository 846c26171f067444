/** @file Inspections, one at a time. */
import { claimInspection } from "@tessera/store/inspectionQueue";
import { leaseSeconds, pollMs, type SupervisorOptions } from "../options.ts";
import { runInspection } from "./runInspection.ts";

/** @returns a turn, which says how long to rest after it */
export function inspectingTurn(worker: SupervisorOptions, workerId: string, stopping: AbortSignal) {
  const { database, teamId } = worker;
  return async (): Promise<number> => {
    const claimed = await claimInspection(database, { teamId, workerId, leaseSeconds });
    if (claimed === null) return pollMs;
    await runInspection({ worker, claimed, stopping });
    return 0;
  };
}
