/**
 * @file Hashes for the items that have none: those imported before there were hashes, or since their version was raised. May be
 * killed anywhere: what is stored is not hashed again, and what is not is still without a hash.
 */
import { openImaging } from "@tessera/imaging/client";
import { claimHashing, giveBackHashing, insertItemHashes } from "@tessera/store/itemHashes";
import { leaseSeconds, type SupervisorOptions } from "../options.ts";
import { hashItems } from "./hashItems.ts";

const batch = { most: 100 };
/** Nobody waits for it, and asking reads a row of every item. */
const restMs = 5000;

/** @returns a turn, which says how long to rest after it */
export function hashingTurns(worker: SupervisorOptions, workerId: string, stopping: AbortSignal) {
  const { database, teamId, objects } = worker;
  return async (): Promise<number> => {
    let items = await claimHashing(database, { teamId, workerId, leaseSeconds, ...batch });
    if (items.length === 0) return restMs;
    const imaging = openImaging({ processes: 1 });
    try {
      while (items.length > 0 && !stopping.aborted) {
        const hashes = await hashItems({ imaging, objects, teamId }, items);
        await database.asTeam(teamId, (sql) => insertItemHashes(sql, teamId, hashes));
        worker.observe({ type: "hashed", items: hashes.length });
        items = stopping.aborted ? [] : await claimHashing(database, { teamId, workerId, leaseSeconds, ...batch });
      }
    } finally {
      await imaging.close();
      await giveBackHashing(database, { teamId, workerId });
    }
    return restMs;
  };
}
