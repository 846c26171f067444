/** Inspections made by real supervisors and their children, killed where it hurts. */
import type { FeatureReuseResult } from "@tessera/domain/inspections/featureReuse";
import type { ForgettingResult } from "@tessera/domain/inspections/forgetting";
import { checkpointsOf } from "@tessera/store/checkpoints";
import {
  cancelInspection,
  createInspection,
  inspectionsByIds,
  inspectionsOf,
  retryInspection,
} from "@tessera/store/inspections";
import type { WorkerEvent } from "@tessera/worker/options";
import { type Supervisor, startSupervisor } from "@tessera/worker/supervisor";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { forkSupervisor } from "./support/forkSupervisor.ts";
import { type Platform, platform } from "./support/setup.ts";

let world: Platform;
let supervisor: Supervisor | undefined;
let runId: string;
let waiting: string;

type Sql = Parameters<Parameters<Platform["database"]["db"]["asTeam"]>[1]>[0];
const asTeam = <T>(work: (sql: Sql) => Promise<T>) => world.database.db.asTeam(world.database.teamId, work);

beforeAll(async () => {
  world = await platform({ validation: 9 });
  runId = await world.queueRun({ epochs: 2 });
  await supervise();
  await world.until(runId, "succeeded");
  await stop();
  waiting = await world.queueRun({ epochs: 3 });
  await world.database.owner`update runs set state = 'failed' where id = ${waiting}`; // before its first checkpoint
});
afterEach(() => stop());
afterAll(() => world.close());

async function supervise(observe?: (event: WorkerEvent) => void): Promise<void> {
  supervisor = await startSupervisor(world.workerOptions(observe));
}
async function stop(): Promise<void> {
  await supervisor?.stop();
  supervisor = undefined;
}

const teamIdOf = () => world.database.teamId;
const ask = (request: object) =>
  asTeam((sql) =>
    createInspection(sql, teamIdOf(), { kind: "featureReuse", request, createdBy: world.database.userId }),
  );
const read = async (id: string) => (await asTeam((sql) => inspectionsByIds(sql, teamIdOf(), [id])))[0]!;
async function ended(id: string) {
  for (;;) {
    const now = await read(id);
    if (!["queued", "running"].includes(now.state)) return now;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const startToEnd = (more: object = {}) => ({ a: { runId, at: "start" }, b: { runId, at: "end" }, ...more });

describe("an inspection", () => {
  it("is answered by a worker, with progress, and kept; asked again it is the same", async () => {
    const { id, state } = await ask(startToEnd());
    expect(state).toBe("queued");
    const seen: string[] = [];
    await supervise((event) => event.type === "inspecting" && seen.push(`${event.done}/${event.total}`));
    const { state: end, error, result, done, total } = await ended(id);
    expect({ end, error, done, total }).toEqual({ end: "succeeded", error: null, done: 42, total: 42 });
    expect(seen[0]).toBe("0/42");
    const { blocksA, items, draws, similarities, distances } = result as FeatureReuseResult;
    expect(blocksA).toEqual(["encoder/level0", "encoder/level1", "encoder/level2", "decoder/level1", "decoder/level0"]);
    expect({ items, draws }).toEqual({ items: 9, draws: 20 });
    expect(similarities.map(({ values }) => values.map((row) => row.length))).toEqual(Array(3).fill([5, 5, 5, 5, 5]));
    expect(distances!.every(({ distance }) => distance > 0)).toBe(true);

    const again = await ask({ b: { at: "end", runId }, a: { at: "start", runId }, items: 256 });
    expect(again).toEqual(await read(id));
    expect((await ask(startToEnd({ items: 8 }))).id).not.toBe(id);
    const listed = await asTeam((sql) => inspectionsOf(sql, teamIdOf(), [runId], "featureReuse"));
    expect(listed.map(({ inspection }) => inspection.id)).toContain(id);
  });

  it("of a run without a checkpoint, of nobody's run, or of nothing is refused", async () => {
    await expect(ask({ a: { runId, at: "end" }, b: { runId: waiting, at: "end" } })).rejects.toThrow(
      /^Run .+ has no checkpoint yet, .+ wait for its first epoch/,
    );
    const nobody = "00000000-0000-4000-8000-000000000000";
    await expect(ask({ a: { runId, at: "end" }, b: { runId: nobody, at: "end" } })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(ask(startToEnd({ items: 3, draws: 5, a: { runId, at: "end" } }))).rejects.toThrow(
      /3 problem\(s\):\nitems: expected a whole number from 8 to 1024, got 3.+\ndraws.+\nb: expected other weights/s,
    );
  });
});

it("of a checkpoint that is gone says so", async () => {
  const { id } = await ask(startToEnd({ draws: 24 }));
  await world.database.owner`
    update inspections set checkpoints = jsonb_set(checkpoints, '{0,sha256}', to_jsonb(repeat('f', 64))) where id = ${id}`;
  await supervise();
  const { state, error } = await ended(id);
  expect(state).toBe("failed");
  expect(error).toMatch(/has trained on since this was asked, and its checkpoint of step 6 is gone; ask again/);
});

it("of forgetting scores the earlier run as it did itself, and then with the later run's encoder", async () => {
  const laterRunId = await world.queueRun(
    { epochs: 2, startingWeights: { kind: "run", runId, part: "encoder" } },
    runId,
  );
  await supervise();
  await world.until(laterRunId, "succeeded");
  const request = { earlierRunId: runId, laterRunId };
  const { id } = await asTeam((sql) =>
    createInspection(sql, teamIdOf(), { kind: "forgetting", request, createdBy: world.database.userId }),
  );
  const { state, error, done, total, result } = await ended(id);
  expect({ state, error, done, total }).toEqual({ state: "succeeded", error: null, done: 18, total: 18 });
  const { metric, earlierScore, laterScore, items, replaced, kept } = result as ForgettingResult;
  expect({ metric, items }).toEqual({ metric: "Dice", items: 9 });
  const checkpoints = await asTeam((sql) => checkpointsOf(sql, teamIdOf(), [runId]));
  expect(earlierScore).toBeCloseTo(checkpoints.findLast(({ kind }) => kind === "best")!.validationScore!, 5);
  expect(laterScore).not.toBeCloseTo(earlierScore!, 3);
  expect(replaced).toBeGreaterThan(0);
  expect(kept).toBeGreaterThan(0);
  const listed = await asTeam((sql) => inspectionsOf(sql, teamIdOf(), [runId], "forgetting"));
  expect(listed.map((each) => [each.runId, each.inspection.id])).toEqual([
    [runId, id],
    [laterRunId, id],
  ]);
}, 60_000);

describe("an inspection whose child is killed (-9)", () => {
  const killing = (times: number) => {
    const killed = new Set<number>();
    return (event: WorkerEvent) => {
      if (event.type !== "inspecting" || killed.size >= times || killed.has(event.inspectorPid)) return;
      killed.add(event.inspectorPid);
      process.kill(event.inspectorPid, "SIGKILL");
    };
  };

  it("once is begun again by the same worker", async () => {
    const { id } = await ask(startToEnd({ draws: 21 }));
    await supervise(killing(1));
    expect(await ended(id)).toMatchObject({ state: "succeeded", error: null, done: 44 });
  });

  it("twice fails in words, and can be tried again", async () => {
    const { id } = await ask(startToEnd({ draws: 22 }));
    await supervise(killing(2));
    const { state, error, result } = await ended(id);
    expect({ state, result }).toEqual({ state: "failed", result: null });
    expect(error).toMatch(/^The process that looks into the weights was started twice; it was killed \(SIGKILL\)/);
    expect(error).toMatch(/Ask for fewer items, or try again/);
    await asTeam((sql) => retryInspection(sql, teamIdOf(), id));
    expect(await ended(id)).toMatchObject({ state: "succeeded", error: null });
    await expect(asTeam((sql) => retryInspection(sql, teamIdOf(), id))).rejects.toThrow(/has succeeded/);
  });
});

it("of a supervisor that is killed (-9) midway is made by the next one", async () => {
  const { id } = await ask(startToEnd({ draws: 23 }));
  const { connection, teamId, owner } = world.database;
  const dieAt = { type: "inspecting", count: 3 } as const;
  const { directory, objectsDirectory } = world;
  const dying = forkSupervisor({ connection, teamId, objectsDirectory, spoolDirectory: `${directory}/spool`, dieAt });
  expect(await dying.gone).toBe("SIGKILL");
  expect(await read(id)).toMatchObject({ state: "running", result: null });
  await owner`update inspections set lease_until = clock_timestamp() - interval '1 s' where state = 'running'`;
  await supervise();
  expect(await ended(id)).toMatchObject({ state: "succeeded" });
  const [row] = await owner`select attempt, lost_workers from inspections where id = ${id}`;
  expect(row).toEqual({ attempt: 2, lostWorkers: 1 });
});

it("that is cancelled ends its child, and a worker that is stopped gives it back", async () => {
  const { id } = await ask(startToEnd({ draws: 200 }));
  let child = 0;
  const started = new Promise<void>((resolve) => {
    void supervise((event) => {
      if (event.type === "inspecting" && event.done === 1) {
        child = event.inspectorPid;
        resolve();
      }
    });
  });
  await started;
  await asTeam((sql) => cancelInspection(sql, teamIdOf(), id));
  const alive = () => {
    try {
      return process.kill(child, 0);
    } catch {
      return false;
    }
  };
  for (let waited = 0; alive() && waited < 10_000; waited += 50) await new Promise((done) => setTimeout(done, 50));
  expect(alive()).toBe(false);
  expect(await read(id)).toMatchObject({ state: "cancelled", result: null });

  await asTeam((sql) => retryInspection(sql, teamIdOf(), id));
  for (let waited = 0; (await read(id)).done < 1 && waited < 20_000; waited += 50) {
    await new Promise((done) => setTimeout(done, 50));
  }
  await stop();
  expect(await read(id)).toMatchObject({ state: "queued" });
});
