import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { checkpointsOf } from "@tessera/store/checkpoints";
import { startSupervisor } from "@tessera/worker/supervisor";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Platform, platform } from "./support/setup.ts";

let world: Platform;
beforeAll(async () => {
  world = await platform();
});
afterAll(() => world.close());

/** Hashes of this run's checkpoints whose bytes are on disk. */
async function kept(runId: string): Promise<{ all: number; kept: { kind: string; step: number }[] }> {
  const { db, teamId } = world.database;
  const rows = await db.asTeam(teamId, (sql) => checkpointsOf(sql, teamId, [runId]));
  const onDisk = new Set(
    readdirSync(world.objectsDirectory, { recursive: true, encoding: "utf8" })
      .filter((name) => statSync(join(world.objectsDirectory, name)).isFile())
      .map((name) => name.split("/").at(-1)!),
  );
  const left = rows.filter((row) => onDisk.has(row.sha256));
  return { all: rows.length, kept: left.map(({ kind, step }) => ({ kind, step })) };
}

it("keeps the best checkpoint of a finished run, and the newest of one that may go on", async () => {
  const done = await world.queueRun();
  const stopped = await world.queueRun({ epochs: 5 });
  let halt: (() => void) | undefined;
  const atSecondEpoch = new Promise<void>((resolve) => {
    halt = resolve;
  });
  const supervisor = await startSupervisor(
    world.workerOptions((event) => {
      if (event.type === "ingested" && event.runId === stopped && event.sequence >= 6) halt?.();
    }),
  );
  await world.until(done, "succeeded");
  await atSecondEpoch;
  await supervisor.stop();

  const finished = await kept(done);
  expect(finished.all).toBeGreaterThan(2);
  expect(finished.kept.map(({ kind }) => kind)).toEqual(["best"]);

  const open = await kept(stopped);
  const kinds = open.kept.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === "latest")).toHaveLength(1);
  expect(kinds.filter((kind) => kind === "best").length).toBeLessThanOrEqual(1);

  // What is kept is enough to go on.
  const next = await startSupervisor(world.workerOptions());
  await world.until(stopped, "succeeded");
  await next.stop();
  expect(await world.faults(stopped)).toEqual({ doubled: 0, lost: 0 });
});
