/**
 * @file The supervisor: claims runs, imports, inspections, and what is to be measured or scored, one of each at a time, until it
 * is told to stop.
 *
 * Nothing here may end the process for a database that is away or a run that fails: every loop logs and goes on.
 */
import { mkdir } from "node:fs/promises";
import { claimRun } from "@tessera/store/claims";
import { claimImport } from "@tessera/store/imports";
import { registerWorker, seen, stopped } from "@tessera/store/workers";
import { runAttempt } from "./attempt.ts";
import { messageOf, pause, untilItPasses } from "./backoff.ts";
import { hashingTurns } from "./hashing/hashingTurns.ts";
import { runImport } from "./imports/runImport.ts";
import { inspectingTurn } from "./inspections/inspectingTurn.ts";
import { replayLeftovers } from "./leftovers.ts";
import { maskCheckTurns } from "./maskChecks/maskCheckTurns.ts";
import { measuringTurns } from "./measurements/measuringTurns.ts";
import { heartbeatMs, leaseSeconds, pollMs, type SupervisorOptions } from "./options.ts";
import { slideTurn } from "./slides/slideTurn.ts";
import { ownSpools } from "./spool/spoolDirectory.ts";

export interface Supervisor {
  readonly workerId: string;
  /** Graceful: the trainer checkpoints at its next step, the run goes back to the queue. Resolves, for every caller, when all is done. */
  stop(): Promise<void>;
}

const seenMs = 5000;
const rescanMs = 30_000;

/** Resolves when the worker is registered; waits for the database where it is not up yet. */
export async function startSupervisor(worker: SupervisorOptions): Promise<Supervisor> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const log = (level: "info" | "warning" | "error", message: string) => worker.observe({ type: "log", level, message });

  await mkdir(worker.spoolDirectory, { recursive: true });
  const own = await ownSpools(worker.spoolDirectory);
  const { database, teamId, name, device, version } = worker;
  const registered = await untilItPasses(
    () => database.asTeam(teamId, (sql) => registerWorker(sql, teamId, { name, device, version })),
    signal,
    (error) => log("warning", `Waiting for the database: ${messageOf(error)}`),
  );
  const workerId = registered!.id; // nobody can have aborted yet

  /** Runs `turn` until the worker stops; a turn says how long to rest after it. */
  async function loop(what: string, turn: () => Promise<number>): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      let rest = pollMs;
      try {
        rest = await turn();
        if (failures > 0) log("info", `${what}: the database answers again.`);
        failures = 0;
      } catch (error) {
        if (failures === 0) log("warning", `${what}: ${messageOf(error)}`);
        failures++;
        rest = Math.min(pollMs * 2 ** failures, 5000);
      }
      await pause(rest * (0.75 + Math.random() / 2), signal); // jitter: workers must not claim in step
    }
  }

  const once = (what: string, turn: () => Promise<unknown>) =>
    turn().catch((error) => log("warning", `${what}: ${messageOf(error)}`));

  /**
   * Claims, but not at once after an outage: every lease may have lapsed in it, also those of workers that went on
   * training. They renew theirs first.
   */
  function afterOutage(claim: () => Promise<number>): () => Promise<number> {
    let away = false;
    return async () => {
      try {
        if (!away) return await claim();
        await database.asTeam(teamId, (sql) => seen(sql, teamId, workerId));
        away = false;
        return 2 * heartbeatMs;
      } catch (error) {
        away = true;
        throw error;
      }
    };
  }

  const readLeftovers = async () => {
    await replayLeftovers(worker, own, signal);
    return rescanMs;
  };
  const claimRuns = async () => {
    const run = await claimRun(database, { teamId, workerId, leaseSeconds });
    if (run === null) return pollMs;
    await runAttempt({ workerId, worker, own, run, stopping: signal });
    return 0;
  };
  const claimImports = async () => {
    const claimed = await claimImport(database, { teamId, workerId, leaseSeconds });
    if (claimed === null) return pollMs;
    worker.observe({ type: "importClaimed", importId: claimed.id });
    await runImport({ worker, claimed, stopping: signal });
    worker.observe({ type: "importEnded", importId: claimed.id });
    return 0;
  };
  const show = async () => {
    await own.touch();
    await database.asTeam(teamId, (sql) => seen(sql, teamId, workerId));
    return seenMs;
  };
  const loops = [
    loop("Showing that this worker lives", show),
    loop("Claiming imports", afterOutage(claimImports)),
    loop("Claiming what is to be scored or measured", afterOutage(measuringTurns(worker, workerId, signal))),
    loop("Checking drawn masks", afterOutage(maskCheckTurns(worker, signal))),
    loop("Hashing items", afterOutage(hashingTurns(worker, workerId, signal))),
    loop("Claiming inspections", afterOutage(inspectingTurn(worker, workerId, signal))),
    loop("Claiming slides", afterOutage(slideTurn(worker, workerId, signal))),
    // What a killed worker left comes first: its run may then continue from there.
    once("Reading what killed workers left", readLeftovers).then(() =>
      Promise.all([
        loop("Claiming runs", afterOutage(claimRuns)),
        loop("Reading what killed workers left", readLeftovers),
      ]),
    ),
  ];

  const end = async () => {
    stopping.abort();
    await Promise.all(loops);
    await once("Stopping", () => own.removeIfEmpty());
    await once("Stopping", () => database.asTeam(teamId, (sql) => stopped(sql, teamId, workerId)));
  };
  let ended: Promise<void> | undefined;
  return {
    workerId,
    stop() {
      ended ??= end();
      return ended;
    },
  };
}
