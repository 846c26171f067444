import type { TrainerEvent } from "@tessera/domain/events";
import { attemptsOf } from "@tessera/store/attempts";
import { checkpointsOf } from "@tessera/store/checkpoints";
import { claimRun, endAttempt, heartbeat, ingest } from "@tessera/store/claims";
import { evaluationItems, evaluationsOf } from "@tessera/store/evaluations";
import { runLogs } from "@tessera/store/logs";
import { requestCancel, requeueRun, runChanges, runsByIds } from "@tessera/store/runs";
import { runSamples } from "@tessera/store/samples";
import { listSeries, points } from "@tessera/store/series";
import { listWorkers } from "@tessera/store/workers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { makeStudy, newRun, sha } from "../support/study.ts";

let database: TestDatabase;
let study: Awaited<ReturnType<typeof makeStudy>>;
let made = 0;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.owner`update runs set state = 'cancelled' where state in ('queued', 'running')`; // each test has its own queue
  study = await makeStudy(database, { name: `study ${made++}` });
});

const claim = (leaseSeconds = 60) =>
  claimRun(database.db, { teamId: database.teamId, workerId: study.workerId, leaseSeconds });
const asTeam: TestDatabase["db"]["asTeam"] = (...args) => database.db.asTeam(...args);
const send = (run: { id: string; attempt: number }, sequence: number, events: TrainerEvent[]) =>
  ingest(database.db, { teamId: database.teamId, runId: run.id, attempt: run.attempt, sequence, events });
const end = (
  run: { id: string; attempt: number },
  outcome: Parameters<typeof endAttempt>[1]["outcome"],
  error?: string,
) => endAttempt(database.db, { teamId: database.teamId, runId: run.id, attempt: run.attempt, outcome, error });
const lapse = (id: string) =>
  database.owner`update runs set lease_until = clock_timestamp() - interval '1 second' where id = ${id}`;
const run = async (id: string) => (await asTeam(database.teamId, (sql) => runsByIds(sql, database.teamId, [id])))[0]!;
const curve = async (id: string, series = "train/loss") =>
  (await asTeam(database.teamId, (sql) => points(sql, database.teamId, { runIds: [id], series: [series] })))[0];

const loss = (steps: number[], values = steps.map((step) => 1 / (step + 1))): TrainerEvent => ({
  type: "points",
  series: "train/loss",
  steps,
  values,
});
const checkpoint = (step: number, kind: "latest" | "best" = "latest", validationScore = 0.5): TrainerEvent => ({
  type: "checkpoint",
  kind,
  step,
  epoch: Math.floor(step / 10),
  sha256: sha(`${kind} ${step}`),
  validationScore,
});
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe("claimRun", () => {
  it("gives the oldest queued run, then the next, then none", async () => {
    const [first, second, third] = [await claim(), await claim(), await claim()];
    expect(first).toMatchObject({
      id: study.runs[0]!.id,
      attempt: 1,
      seed: 0,
      configuration: { epochs: 1, learningRate: 0.001 },
      labelVersionId: study.labelVersion.id,
      splitId: study.split.id,
      startingCheckpointSha256: null,
      resume: null,
      best: null,
      classes: ["polyp"],
    });
    expect(second?.id).toBe(study.runs[1]!.id);
    expect(third).toBeNull();
  });

  it("gives a run to one of many that ask at once", async () => {
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim()));
    const ids = claims.flatMap((each) => (each ? [each.id] : []));
    expect(ids.sort()).toEqual(study.runs.map(({ id }) => id).sort());
  });

  it("takes over a run whose lease has lapsed, as a new attempt", async () => {
    const before = (await claim())!;
    await lapse(before.id);
    const after = (await claim())!;
    expect(after).toMatchObject({ id: before.id, attempt: 2 });
    const attempts = await asTeam(database.teamId, (sql) => attemptsOf(sql, database.teamId, [before.id]));
    expect(attempts.map(({ outcome, workerName }) => [outcome, workerName])).toEqual([
      ["lost", "worker"],
      [null, "worker"],
    ]);
    expect((await run(before.id)).attemptsLeft).toBe(4);
  });

  it("leaves a run alone whose lease was renewed", async () => {
    const held = (await claim(0.05))!;
    const beat = { teamId: database.teamId, runId: held.id, attempt: 1, workerId: study.workerId, leaseSeconds: 60 };
    expect(await heartbeat(database.db, beat)).toEqual({ owned: true, cancelRequested: false });
    expect((await claim())?.id).toBe(study.runs[1]!.id);
  });

  it("fails a run with the reason when its attempts are spent", async () => {
    const id = study.runs[0]!.id;
    for (let attempt = 1; attempt <= 6; attempt++) {
      expect(await claim()).toMatchObject({ id, attempt });
      await lapse(id);
    }
    expect((await claim())?.id).toBe(study.runs[1]!.id);
    expect(await run(id)).toMatchObject({ state: "failed", error: expect.stringContaining("no further attempt") });
  });

  it("cancels a lapsed run that was asked to stop", async () => {
    const held = (await claim())!;
    await asTeam(database.teamId, (sql) => requestCancel(sql, database.teamId, held.id));
    await lapse(held.id);
    await claim();
    expect((await run(held.id)).state).toBe("cancelled");
  });

  it("sees no run of another team", async () => {
    const other = { teamId: database.otherTeamId, workerId: study.workerId, leaseSeconds: 60 };
    expect(await claimRun(database.db, other)).toBeNull();
  });
});

describe("a run that starts from another's weights", () => {
  let first: string;
  let second: string;

  beforeEach(async () => {
    first = study.runs[0]!.id;
    const next = await makeStudy(database, { name: `study ${made++}`, runs: [newRun("next", 0, first)] });
    second = next.runs[0]!.id;
    await database.owner`update runs set state = 'cancelled' where id = ${study.runs[1]!.id}`;
  });

  it("waits for it, then gets its best checkpoint", async () => {
    const source = (await claim())!;
    expect(source.id).toBe(first);
    expect(await claim()).toBeNull();
    await send(source, 1, [checkpoint(10, "best"), checkpoint(10), checkpoint(20)]);
    await end(source, "succeeded");
    expect(await claim()).toMatchObject({ id: second, startingRunId: first, startingCheckpointSha256: sha("best 10") });
  });

  it("fails with the reason when that one failed, and so does a run that waits for it", async () => {
    const last = await makeStudy(database, { name: `study ${made++}`, runs: [newRun("last", 0, second)] });
    const source = (await claim())!;
    await end(source, "failed", "no memory");
    expect(await claim()).toBeNull();
    expect(await run(first)).toMatchObject({ state: "failed", error: "no memory" });
    expect(await run(second)).toMatchObject({ state: "failed", error: expect.stringContaining("(one) has failed") });
    expect(await run(last.runs[0]!.id)).toMatchObject({
      state: "failed",
      error: expect.stringContaining("(next) has failed"),
    });
  });
});

describe("ingest", () => {
  it("applies every kind of event of a batch", async () => {
    const held = (await claim())!;
    const [item] = study.items;
    const answer = await send(held, 1, [
      loss([1, 2, 3]),
      { type: "progress", phase: "training", step: 3, totalSteps: 30 },
      { type: "sample", epoch: 1, step: 3, itemId: item!.id, sha256: sha("sample"), dice: 0.25 },
      checkpoint(3, "best", 0.25),
      { type: "log", level: "warning", message: "a NUL \0 and half a pair \ud800" },
      {
        type: "evaluation",
        fold: "test",
        checkpointStep: 3,
        size: 64,
        threshold: 0.5,
        items: study.items.map(({ id }) => ({
          itemId: id,
          classIndex: 0,
          truePositives: 5,
          falsePositives: 1,
          falseNegatives: 2,
          trueNegatives: 4088,
          truthComponents: 1,
          predictedComponents: 2,
          predictionSha256: sha("prediction"),
        })),
      },
    ]);
    expect(answer).toEqual({ applied: true, cancelRequested: false });
    expect(await run(held.id)).toMatchObject({ phase: "training", step: 3, totalSteps: 30 });
    await asTeam(database.teamId, async (sql) => {
      const team = database.teamId;
      expect(await listSeries(sql, team, [held.id])).toEqual([
        { runId: held.id, series: "train/loss", lastStep: 3, lastValue: 1 / 4 },
      ]);
      expect(await runSamples(sql, team, held.id)).toMatchObject([{ epoch: 1, itemId: item!.id, dice: 0.25 }]);
      expect(await checkpointsOf(sql, team, [held.id])).toMatchObject([
        { kind: "best", step: 3, validationScore: 0.25 },
      ]);
      const logs = await runLogs(sql, team, held.id);
      expect(logs.rows.map(({ message }) => message)).toEqual(["a NUL \uFFFD and half a pair \uFFFD"]);
      const [evaluation] = await evaluationsOf(sql, team, { runIds: [held.id], fold: "test" });
      expect(evaluation).toMatchObject({ scoring: 1, items: 6, labelVersionId: study.labelVersion.id, size: 64 });
      const items = await evaluationItems(sql, team, [evaluation!.id]);
      expect(items.map(({ itemName }) => itemName)).toEqual(study.items.map(({ name }) => name));
      expect(items[0]).toMatchObject({ truePositives: 5, trueNegatives: 4088, regionShare: 12 / (40 * 30) });
    });
  });

  it("keeps NaN and infinities", async () => {
    const held = (await claim())!;
    const values = [0.1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324];
    await send(held, 1, [loss([0, 1, 2, 3, 4], values)]);
    expect((await curve(held.id))!.values).toEqual(values);
  });

  it("applies a repeated batch once, also when two copies come at once", async () => {
    const held = (await claim())!;
    const { owner } = database;
    await owner`begin`; // one connection, so this is a transaction: both copies wait for the row, then go on together
    await owner`select from runs where id = ${held.id} for update`;
    const answers = Promise.all([send(held, 1, [loss([1])]), send(held, 1, [loss([1])])]);
    answers.catch(() => undefined);
    const waiting = async () =>
      (
        await owner`
          select from pg_locks join pg_stat_activity using (pid) where not granted and datname = current_database()`
      ).length;
    while ((await waiting()) < 2);
    await owner`commit`;
    expect((await answers).map(({ applied }) => applied).sort()).toEqual([false, true]);
    expect((await curve(held.id))!.steps).toEqual([1]);
    expect((await send(held, 1, [loss([1])])).applied).toBe(false);
  });

  it("refuses a zombie: an attempt that lost its run", async () => {
    const zombie = (await claim())!;
    await send(zombie, 1, [loss([1])]);
    await lapse(zombie.id);
    const heir = (await claim())!;
    await expect(send(zombie, 2, [loss([2])])).rejects.toMatchObject({ code: "STALE_ATTEMPT", details: { newest: 2 } });
    await expect(end(zombie, "succeeded")).rejects.toMatchObject({ code: "STALE_ATTEMPT" });
    expect((await send(zombie, 1, [loss([1])])).applied).toBe(false); // it was applied while the attempt was the newest
    const beat = { teamId: database.teamId, runId: heir.id, attempt: 1, workerId: study.workerId, leaseSeconds: 60 };
    expect((await heartbeat(database.db, beat)).owned).toBe(false);
    expect((await run(heir.id)).state).toBe("running");
  });

  it("refuses every write after the end", async () => {
    const held = (await claim())!;
    await end(held, "succeeded");
    await expect(send(held, 1, [loss([1])])).rejects.toMatchObject({ code: "STALE_ATTEMPT" });
  });

  it("applies nothing of a batch that has one bad event", async () => {
    const held = (await claim())!;
    const stranger = "00000000-0000-4000-8000-000000000000";
    const sample: TrainerEvent = { type: "sample", epoch: 1, step: 1, itemId: stranger, sha256: sha("s"), dice: null };
    await expect(send(held, 1, [loss([1]), sample])).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await curve(held.id)).toBeUndefined();
    expect((await send(held, 1, [loss([1])])).applied).toBe(true);
  });

  it.each([
    { name: "a value too few", event: loss([1, 2], [1]) },
    { name: "steps that do not increase", event: loss([2, 2]) },
    { name: "a step that is no whole number", event: loss([0.5]) },
    { name: "no point at all", event: loss([]) },
  ])("refuses $name", async ({ event }) => {
    const held = (await claim())!;
    await expect(send(held, 1, [event])).rejects.toMatchObject({ code: "BAD_INPUT" });
  });

  it("counts how often a fold was scored", async () => {
    const held = (await claim())!;
    const evaluation: TrainerEvent = {
      type: "evaluation",
      fold: "test",
      checkpointStep: 1,
      size: 8,
      threshold: 0.5,
      items: [],
    };
    await send(held, 1, [evaluation]);
    await send(held, 2, [evaluation, { ...evaluation, fold: "validation" }]);
    const of = { runIds: [held.id], fold: "test" as const };
    const found = await asTeam(database.teamId, (sql) => evaluationsOf(sql, database.teamId, of));
    expect(found.map(({ scoring }) => scoring)).toEqual([1, 2]);
  });
});

describe("a run that goes on from a checkpoint", () => {
  it("shows one curve with no seam and no step twice", async () => {
    const before = (await claim())!;
    await send(before, 1, [loss(range(0, 10)), checkpoint(10, "best"), checkpoint(10)]);
    await send(before, 2, [
      loss(
        range(11, 17),
        range(11, 17).map(() => 99),
      ),
      checkpoint(17, "best", 0.9),
    ]);
    await lapse(before.id);

    const after = (await claim())!;
    expect(after).toMatchObject({
      attempt: 2,
      resume: { sha256: sha("latest 10"), step: 10, epoch: 1 },
      best: { sha256: sha("best 10"), step: 10, validationScore: 0.5 }, // the one at 17 is part of what did not happen
    });
    expect((await curve(after.id))!.steps).toEqual(range(0, 10));
    const summary = await asTeam(database.teamId, (sql) => listSeries(sql, database.teamId, [after.id]));
    expect(summary).toMatchObject([{ lastStep: 10, lastValue: 1 / 11 }]);
    expect((await run(after.id)).step).toBe(10);

    await send(after, 1, [loss(range(11, 20))]);
    const whole = (await curve(after.id))!;
    expect(whole.steps).toEqual(range(0, 20));
    expect(whole.values).toEqual(range(0, 20).map((step) => 1 / (step + 1)));
    const checkpoints = await asTeam(database.teamId, (sql) => checkpointsOf(sql, database.teamId, [after.id]));
    expect(checkpoints.map(({ kind, step }) => [kind, step])).toEqual([
      ["best", 10],
      ["latest", 10],
    ]);
  });

  it("cuts a chunk in the middle, and again at a third attempt", async () => {
    const one = (await claim())!;
    await send(one, 1, [loss(range(1, 5))]);
    await send(one, 2, [checkpoint(3)]); // a checkpoint of an earlier step than the points that came with it
    await lapse(one.id);
    const two = (await claim())!;
    await send(two, 1, [
      loss(
        range(4, 9),
        range(4, 9).map(() => 2),
      ),
      checkpoint(6),
    ]);
    await lapse(one.id);
    const three = (await claim())!;
    expect(three.resume?.step).toBe(6);
    await send(three, 1, [loss(range(7, 8), [3, 3])]);
    expect(await curve(one.id)).toMatchObject({ steps: range(1, 8), values: [1 / 2, 1 / 3, 1 / 4, 2, 2, 2, 3, 3] });
  });

  it("starts again at 0 without a checkpoint; a step written twice is shown once", async () => {
    const one = (await claim())!;
    await send(one, 1, [loss([0, 1], [7, 7])]);
    await lapse(one.id);
    const two = (await claim())!;
    await send(two, 1, [loss([0, 1], [8, 8])]);
    expect(await curve(two.id)).toMatchObject({ steps: [0, 1], values: [8, 8] });
  });

  it("gives only what is new after a step", async () => {
    const held = (await claim())!;
    await send(held, 1, [loss(range(0, 9))]);
    const ask = { runIds: [held.id], afterStep: 7 };
    const [tail] = await asTeam(database.teamId, (sql) => points(sql, database.teamId, ask));
    expect(tail!.steps).toEqual([8, 9]);
  });
});

describe("endAttempt", () => {
  it("queues a run again whose child died, until its attempts are spent", async () => {
    const id = study.runs[0]!.id;
    const states: string[] = [];
    for (let i = 0; i < 6; i++) states.push(await end((await claim())!, "lost", "signal SIGKILL"));
    expect(states).toEqual(["queued", "queued", "queued", "queued", "queued", "failed"]);
    expect((await run(id)).error).toContain("SIGKILL");
  });

  it("spends nothing when the worker was stopped on purpose", async () => {
    expect(await end((await claim())!, "stopped")).toBe("queued");
    expect(await claim()).toMatchObject({ id: study.runs[0]!.id, attempt: 2 });
    expect((await run(study.runs[0]!.id)).attemptsLeft).toBe(5);
  });

  it("answers the second telling like the first", async () => {
    const held = (await claim())!;
    expect(await end(held, "succeeded")).toBe("succeeded");
    expect(await end(held, "succeeded")).toBe("succeeded");
    await expect(end(held, "failed")).rejects.toMatchObject({ code: "STALE_ATTEMPT" });
  });
});

describe("cancel and requeue", () => {
  const cancel = (id: string) => asTeam(database.teamId, (sql) => requestCancel(sql, database.teamId, id));
  const requeue = (id: string) => asTeam(database.teamId, (sql) => requeueRun(sql, database.teamId, id));

  it("cancels a queued run at once", async () => {
    expect(await cancel(study.runs[0]!.id)).toMatchObject({ state: "cancelled" });
    expect((await claim())?.id).toBe(study.runs[1]!.id);
  });

  it("asks a running one to stop, by heartbeat and by ingest", async () => {
    const held = (await claim())!;
    expect(await cancel(held.id)).toMatchObject({ state: "running", cancelRequested: true });
    expect((await send(held, 1, [loss([1])])).cancelRequested).toBe(true);
    const beat = { teamId: database.teamId, runId: held.id, attempt: 1, workerId: study.workerId, leaseSeconds: 60 };
    expect((await heartbeat(database.db, beat)).cancelRequested).toBe(true);
    expect(await end(held, "cancelled")).toBe("cancelled");
    await expect(cancel(held.id)).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("requeues a failed run, which goes on from its newest checkpoint", async () => {
    const held = (await claim())!;
    await send(held, 1, [checkpoint(10)]);
    await expect(requeue(held.id)).rejects.toMatchObject({ code: "CONFLICT" });
    await end(held, "failed", "no memory");
    expect(await requeue(held.id)).toMatchObject({ state: "queued", error: null, attemptsLeft: 5 });
    expect(await claim()).toMatchObject({ id: held.id, attempt: 2, resume: { step: 10 } });
  });
});

describe("what a subscription watches", () => {
  it("changes with every event, not with a heartbeat", async () => {
    const held = (await claim())!;
    const marker = async () =>
      (await asTeam(database.teamId, (sql) => runChanges(sql, database.teamId, [held.id])))[0]!.updatedMarker;
    const first = await marker();
    await heartbeat(database.db, {
      teamId: database.teamId,
      runId: held.id,
      attempt: 1,
      workerId: study.workerId,
      leaseSeconds: 60,
    });
    expect(await marker()).toBe(first);
    await send(held, 1, [loss([1])]);
    expect(await marker()).toBeGreaterThan(first);
  });

  it("shows a worker's runs, and that it is alive", async () => {
    const held = (await claim())!;
    const workers = await asTeam(database.teamId, (sql) => listWorkers(sql, database.teamId));
    expect(workers.find(({ id }) => id === study.workerId)).toMatchObject({ alive: true, currentRunIds: [held.id] });
  });
});
