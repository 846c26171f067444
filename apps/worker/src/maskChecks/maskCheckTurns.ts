/** @file Drawn masks, one at a time. A loop of its own: whoever draws does not wait for a long measurement. */
import { type Imaging, openImaging } from "@tessera/imaging/client";
import { claimMaskCheck } from "@tessera/store/maskChecks";
import { leaseSeconds, pollMs, type SupervisorOptions } from "../options.ts";
import { checkMask } from "./checkMask.ts";

/** The next mask of somebody who draws comes within this; starting a decoder takes longer than reading a mask. */
const keepMs = 60_000;
/** A decoder's own limit on one file, and time to store it. */
const checkSeconds = 30 + leaseSeconds;

/** @returns a turn, which says how long to rest after it. Once `stopping` is aborted, nothing of it is left. */
export function maskCheckTurns(worker: SupervisorOptions, stopping: AbortSignal) {
  const { database, objects, teamId } = worker;
  let imaging: Imaging | null = null;
  let lastUsed = 0;
  const close = async () => {
    const open = imaging;
    imaging = null;
    await open?.close();
  };
  stopping.addEventListener("abort", close, { once: true });

  return async (): Promise<number> => {
    const check = await database.asTeam(teamId, (sql) => claimMaskCheck(sql, teamId, checkSeconds));
    if (check === null) {
      if (Date.now() - lastUsed > keepMs) await close();
      return pollMs;
    }
    imaging ??= openImaging({ processes: 1 });
    const error = await checkMask({ database, objects, imaging, teamId }, check);
    lastUsed = Date.now();
    worker.observe({ type: "maskChecked", checkId: check.id, error });
    return 0;
  };
}
