import { readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { attemptsOf } from "@tessera/store/attempts";
import { evaluationItems, evaluationsOf } from "@tessera/store/evaluations";
import { runLogs } from "@tessera/store/logs";
import { measurementsOf, predictionMeasures } from "@tessera/store/measurements";
import { requestCancel } from "@tessera/store/runs";
import { listWorkers } from "@tessera/store/workers";
import type { WorkerEvent } from "@tessera/worker/options";
import { type Supervisor, startSupervisor } from "@tessera/worker/supervisor";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { configuration, type Platform, platform, totalSteps } from "./support/setup.ts";

let given: Platform;
let whole: string;
let started: Supervisor[] = [];
const events: WorkerEvent[] = [];

async function supervise(observe: (event: WorkerEvent) => void = () => undefined): Promise<Supervisor> {
  const supervisor = await startSupervisor(
    given.workerOptions((event) => {
      events.push(event);
      observe(event);
    }),
  );
  started.push(supervisor);
  return supervisor;
}

const attempts = (id: string) =>
  given.database.db.asTeam(given.database.teamId, (sql) => attemptsOf(sql, given.database.teamId, [id]));

/** Kills the trainer with SIGKILL right after each of these batches of its attempt was acknowledged. */
function killAfter(sequences: number[]): (event: WorkerEvent) => void {
  const left = [...sequences];
  return (event) => {
    if (event.type !== "spooled" || event.sequence !== left[0]) return;
    left.shift();
    process.kill(event.trainerPid, "SIGKILL");
  };
}

beforeAll(async () => {
  given = await platform();
  whole = await given.queueRun();
  await supervise();
  await given.until(whole, "succeeded");
  await stopAll();
});
afterEach(stopAll);
afterAll(() => given.close());

async function stopAll(): Promise<void> {
  await Promise.all(started.map((supervisor) => supervisor.stop()));
  started = [];
}

describe("a run", () => {
  it("has its evaluations measured: every item's facts agree with its counts", async () => {
    const { db, teamId } = given.database;
    const asTeam = <T>(work: Parameters<typeof db.asTeam<T>>[1]) => db.asTeam(teamId, work);
    const evaluations = [
      ...(await asTeam((sql) => evaluationsOf(sql, teamId, { runIds: [whole], fold: "validation" }))),
      ...(await asTeam((sql) => evaluationsOf(sql, teamId, { runIds: [whole], fold: "test" }))),
    ];
    const ids = evaluations.map(({ id }) => id);
    await supervise();
    await vi.waitUntil(async () => {
      const measurements = await asTeam((sql) => measurementsOf(sql, teamId, ids));
      return measurements.every(({ state, done, total }) => state === "succeeded" && done === total);
    }, 60_000);
    const items = await asTeam((sql) => evaluationItems(sql, teamId, ids));
    const measured = await asTeam((sql) => predictionMeasures(sql, teamId, ids));
    expect([items.length, measured.length]).toEqual([8, 8]); // 5 to validate, 3 to test
    const sum = (pixels: readonly number[]) => pixels.reduce((all, each) => all + each, 0);
    for (const { evaluationId, itemId, measures } of measured) {
      const item = items.find((each) => each.evaluationId === evaluationId && each.itemId === itemId)!;
      const { truePositives, falsePositives, predictedComponents, thresholdCounts } = item;
      expect(measures.topology.pieces).toHaveLength(predictedComponents);
      expect(sum(measures.topology.pieces)).toBe(truePositives + falsePositives);
      expect(sum(measures.overlaps.map(([, , pixels]) => pixels))).toBe(truePositives);
      const own = thresholdCounts!.thresholds.indexOf(configuration.threshold);
      expect(thresholdCounts!.truePositives[own]).toBe(truePositives);
      expect(thresholdCounts!.falsePositives[own]).toBe(falsePositives);
    }
  });

  it("succeeds with one attempt, every point once, and nothing left in the spool", async () => {
    const run = await given.run(whole);
    expect(run).toMatchObject({ state: "succeeded", step: totalSteps, totalSteps, attempt: 1, error: null });
    expect(await given.faults(whole)).toEqual({ doubled: 0, lost: 0 });
    const { scored, samples } = JSON.parse(await given.curve(whole));
    expect(scored).toHaveLength(5 + 3);
    expect(samples).toHaveLength(4 * 5);
    expect(readdirSync(join(given.directory, "spool"))).toEqual(["prepared"]);
  });

  it("says what it will need of memory before it starts, and needs no more", async () => {
    const { db, teamId, owner } = given.database;
    const { rows } = await db.asTeam(teamId, (sql) => runLogs(sql, teamId, whole));
    expect(rows.map(({ message }) => message).join("\n")).toMatch(/Needs at most [\d.]+ GB of memory: weights/);
    const values = (series: string) =>
      owner<{ value: number }[]>`
        select value from metric_chunks, unnest(point_values) as value where run_id = ${whole} and series = ${series}`;
    const [planned, ...more] = await values("system/plannedBytes");
    expect(more).toEqual([]);
    const peaks = (await values("system/peakBytes")).map(({ value }) => value);
    expect(Math.max(...peaks)).toBeLessThanOrEqual(planned!.value);
  });

  it("gives the same curve when it runs again, from the prepared items", async () => {
    expect(readdirSync(join(given.directory, "spool", "prepared"))).toHaveLength(1);
    const again = await given.queueRun();
    await supervise();
    await given.until(again, "succeeded");
    const timeless = (curve: string) => curve.replace(/"scoring": \d+/g, "");
    expect(timeless(await given.curve(again))).toBe(timeless(await given.curve(whole)));
    expect(readdirSync(join(given.directory, "spool", "prepared"))).toHaveLength(1);
  });

  it("starts from the best checkpoint of another run, and logs what was loaded", async () => {
    const startingWeights = { kind: "run", runId: whole, part: "encoder" } as const;
    const second = await given.queueRun({ startingWeights, epochs: 1 }, whole);
    await supervise();
    await given.until(second, "succeeded");
    const { db, teamId } = given.database;
    const { rows } = await db.asTeam(teamId, (sql) => runLogs(sql, teamId, second));
    expect(rows.map(({ message }) => message).join("\n")).toMatch(
      /Starting weights \(encoder\): \d+ loaded: encoder\/level0/,
    );
  });
});

describe("a trainer that is killed with SIGKILL", () => {
  it("is followed by an attempt that continues: the same curve, no point lost or doubled", async () => {
    const id = await given.queueRun();
    await supervise(killAfter([4, 6]));
    const run = await given.until(id, "succeeded");
    expect(run.attempt).toBe(3);
    expect(await given.curve(id)).toBe(await given.curve(whole));
    expect(await given.faults(id)).toEqual({ doubled: 0, lost: 0 });
    const ended = await attempts(id);
    expect(ended.map(({ outcome }) => outcome)).toEqual(["lost", "lost", "succeeded"]);
    expect(ended[0]!.error).toContain("SIGKILL");
    expect(ended[2]!.resumedStep).toBeGreaterThan(0);
  });

  it("fails for good after the last allowed attempt, and says why", async () => {
    const id = await given.queueRun();
    await given.database.owner`update runs set attempts_left = 1 where id = ${id}`;
    await supervise(killAfter([1, 1, 1]));
    const run = await given.until(id, "succeeded").catch(() => given.run(id));
    expect(run.state).toBe("failed");
    expect(run.attempt).toBe(2);
    expect(run.error).toContain("SIGKILL");
  });
});

describe("ending early", () => {
  it("cancels within one step, and keeps a checkpoint of it", async () => {
    const id = await given.queueRun({ epochs: 10_000 });
    const { db, teamId } = given.database;
    let asked = false;
    await supervise((event) => {
      if (event.type !== "spooled" || event.runId !== id || event.sequence !== 5 || asked) return;
      asked = true;
      void db.asTeam(teamId, (sql) => requestCancel(sql, teamId, id));
    });
    const run = await given.until(id, "cancelled");
    expect(run.step).toBeGreaterThan(0);
    expect(run.step).toBeLessThan(30_000);
    const [attempt] = await attempts(id);
    expect(attempt!.outcome).toBe("cancelled");
  });

  it("stops gracefully: a checkpoint at the next step, the run queued again, and no attempt spent", async () => {
    const id = await given.queueRun();
    const supervisor = await supervise((event) => {
      if (event.type === "spooled" && event.sequence === 4) void supervisor.stop();
    });
    await vi.waitUntil(() => events.some((event) => event.type === "ended" && event.runId === id), { timeout: 30_000 });
    await supervisor.stop();
    const queued = await given.run(id);
    expect(queued).toMatchObject({ state: "queued", attempt: 1, attemptsLeft: 5 });
    const [first] = await attempts(id);
    expect(first!.outcome).toBe("stopped");
    const { db, teamId } = given.database;
    const workers = await db.asTeam(teamId, (sql) => listWorkers(sql, teamId));
    expect(workers.every(({ stoppedAt }) => stoppedAt !== null)).toBe(true);
    await supervisor.stop(); // once more, as a second signal may ask: it has nothing left to do
    expect(events.filter((event) => event.type === "log" && event.message.startsWith("Stopping"))).toEqual([]);

    await supervise();
    await given.until(id, "succeeded");
    expect(await given.curve(id)).toBe(await given.curve(whole));
    expect(await given.faults(id)).toEqual({ doubled: 0, lost: 0 });
  });
});

describe("a run that cannot go on", () => {
  it("fails with the reason where its configuration is out of limits", async () => {
    const id = await given.queueRun({ optimizer: { ...configuration.optimizer, learningRate: 1e30 } });
    await supervise();
    const run = await given.until(id, "succeeded").catch(() => given.run(id));
    expect(run).toMatchObject({ state: "failed", error: expect.stringContaining("optimizer.learningRate") });
  });

  it("fails naming the item whose bytes are gone or altered", async () => {
    const id = await given.queueRun({ model: { ...configuration.model, size: 32 } });
    const { owner } = given.database;
    const [item] = await owner<{ id: string; sha256: string }[]>`select id, sha256 from items limit 1`;
    const path = join(given.objectsDirectory, given.database.teamId, item!.sha256.slice(0, 2), item!.sha256);
    renameSync(path, `${path}.away`);
    await supervise();
    const run = await given.until(id, "succeeded").catch(() => given.run(id));
    renameSync(`${path}.away`, path);
    expect(run.error).toContain(item!.id);
  });
});
