/** Masks scored and measured by real supervisors and their children, killed where it hurts. */
import { measurePrediction, profileTruth } from "@tessera/analysis/segmentation/measure";
import { countComponents } from "@tessera/domain/components";
import { pixelCounts } from "@tessera/domain/pixelCounts";
import { evaluationItems } from "@tessera/store/evaluations";
import { predictionMeasures, truthProfiles } from "@tessera/store/measurements";
import { claimMeasurement } from "@tessera/store/measuringQueue";
import { registerWorker } from "@tessera/store/workers";
import { openMaskFiles } from "@tessera/worker/measurements/maskFiles";
import { measureEvaluation } from "@tessera/worker/measurements/measureEvaluation";
import { openMeasurer } from "@tessera/worker/measurements/measurer";
import type { MeasureTask } from "@tessera/worker/measurements/operations";
import type { WorkerEvent } from "@tessera/worker/options";
import { type Supervisor, startSupervisor } from "@tessera/worker/supervisor";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { forkSupervisor } from "./support/forkSupervisor.ts";
import { height, type MaskStudy, maskStudy, readers, size, spacingMm, width } from "./support/maskStudy.ts";

const items = 45; // three batches
let study: MaskStudy;
let supervisor: Supervisor | undefined;

beforeAll(async () => {
  study = await maskStudy(items);
});
afterEach(async () => {
  await supervisor?.stop();
  supervisor = undefined;
});
afterAll(() => study.close());

const supervise = async (observe?: (event: WorkerEvent) => void) => {
  supervisor = await startSupervisor(study.workerOptions(observe));
};
const dyingSupervisor = (type: WorkerEvent["type"], count: number) => {
  const { database, objectsDirectory, directory } = study;
  const { connection, teamId } = database;
  const dieAt = { type, count };
  return forkSupervisor({ connection, teamId, objectsDirectory, spoolDirectory: `${directory}/spool`, dieAt });
};
const measuresOf = (evaluationId: string) =>
  study.asTeam((sql) => predictionMeasures(sql, study.database.teamId, [evaluationId]));
const attemptsOf = async (evaluationId: string) =>
  (await study.database.owner`select attempt, lost_workers from measurements where evaluation_id = ${evaluationId}`)[0];

/** Scored by a supervisor; the only ones that wait to be measured, and nothing of them is. */
async function newEvaluations(count: number): Promise<string[]> {
  const { owner } = study.database;
  const ids: string[] = [];
  await supervise();
  for (let i = 0; i < count; i++) {
    const { id } = await study.queueScoring();
    ids.push((await study.scored(id)).evaluationId!);
  }
  await supervisor!.stop();
  supervisor = undefined;
  await owner`delete from prediction_measures`;
  await owner`delete from truth_profiles`;
  await owner`
    update measurements set attempt = 0, done = 0,
      state = case when evaluation_id = any(${ids}::uuid[]) then 'queued' else 'succeeded' end`;
  return ids;
}
const newEvaluation = async () => (await newEvaluations(1))[0]!;

/** Each measured once, by the very facts that analysis gives for the decoded masks. */
async function expectAllMeasured(evaluationId: string): Promise<void> {
  const { imaging, objects, labelVersionId } = study;
  const { teamId } = study.database;
  const measured = await measuresOf(evaluationId);
  const profiles = await study.asTeam((sql) => truthProfiles(sql, teamId, { labelVersionId, size }));
  expect([measured.length, profiles.length]).toEqual([items, items]);
  const decoded = async (sha256: string) => imaging.prepareMask(await objects.read(teamId, sha256), size);
  for (const [i, { id, sha256, opinions, prediction }] of study.items.entries()) {
    const [truth, other, predicted] = await Promise.all([opinions[0]!, opinions[1]!, prediction].map(decoded));
    const spacing = i % 2 === 0 ? { x: (spacingMm * width) / size, y: (spacingMm * height) / size } : null;
    const both = [truth!, other!].map((mask, r) => ({ reader: readers[r]!, mask }));
    expect(measured.find(({ itemId }) => itemId === id)).toEqual({
      evaluationId,
      itemId: id,
      classIndex: 0,
      measures: measurePrediction(truth!, predicted!, size, size, spacing),
    });
    expect(profiles.find(({ itemId }) => itemId === id)).toEqual({
      itemId: id,
      classIndex: 0,
      profile: profileTruth(truth!, size, size, { seed: sha256, readers: both }),
    });
  }
}

describe("predictions of a foreign run", () => {
  it("are counted at the size asked for, become an evaluation, and are measured", async () => {
    const { id, runId } = await study.queueScoring();
    await supervise();
    const { state, done, evaluationId } = await study.scored(id);
    expect({ state, done }).toEqual({ state: "succeeded", done: items });
    const { teamId } = study.database;
    const [evaluation] = await study.evaluationsOf(runId);
    expect(evaluation).toMatchObject({ id: evaluationId, scoring: 1, size, threshold: 0.5, checkpointStep: 0, items });
    const counted = await study.asTeam((sql) => evaluationItems(sql, teamId, [evaluationId!]));
    expect(counted.map(({ itemName }) => itemName)).toEqual(study.items.map(({ name }) => name));
    for (const [i, { opinions, prediction }] of study.items.entries()) {
      const decoded = async (sha256: string) =>
        study.imaging.prepareMask(await study.objects.read(teamId, sha256), size);
      const [truth, predicted] = [await decoded(opinions[0]!), await decoded(prediction)];
      expect(counted[i]).toMatchObject({
        ...pixelCounts(predicted, truth),
        truthComponents: countComponents(truth, size, size),
        predictedComponents: countComponents(predicted, size, size),
        predictionSha256: prediction,
        thresholdCounts: null,
      });
    }
    expect(await study.measured(evaluationId!)).toMatchObject({ state: "succeeded", total: items, done: items });
    await expectAllMeasured(evaluationId!);
    const [first] = await measuresOf(evaluationId!);
    const of = counted.find(({ itemId }) => itemId === first!.itemId)!;
    const sum = (pieces: readonly number[]) => pieces.reduce((a, b) => a + b, 0);
    expect(sum(first!.measures.topology.pieces)).toBe(of.truePositives + of.falsePositives);
  });

  it("that cannot be read fail the scoring, with their items and the reasons, and leave no evaluation", async () => {
    const [text, faint] = [
      await study.put(Buffer.from("not a picture")),
      await study.put(await study.imaging.encodeImage(new Uint8Array(3 * 64).fill(1), 8, 8, "png").then(Buffer.from)),
    ];
    const { id, runId } = await study.queueScoring((all) =>
      all.map((each, i) => (i === 3 ? { ...each, sha256: text } : i === 7 ? { ...each, sha256: faint } : each)),
    );
    await supervise();
    const { state, error } = await study.scored(id);
    expect(state).toBe("failed");
    expect(error).toMatch(
      /^2 of 45 items could not be scored\. item-003: the predicted mask: .+; item-007: .+ is 1 of 255/,
    );
    expect(await study.evaluationsOf(runId)).toEqual([]);
  });

  it("of a supervisor that is killed (-9) midway are scored by the next one, as one evaluation", async () => {
    const { id, runId } = await study.queueScoring();
    expect(await dyingSupervisor("scored", 20).gone).toBe("SIGKILL");
    expect(await study.scoring(id)).toMatchObject({ state: "running", evaluationId: null });
    await study.lapse();
    await supervise();
    expect(await study.scored(id)).toMatchObject({ state: "succeeded", done: items });
    expect(await study.evaluationsOf(runId)).toMatchObject([{ scoring: 1, items }]);
  });

  it("whose counting child is killed (-9) lose nothing", async () => {
    const { id } = await study.queueScoring();
    const killed = new Set<number>();
    await supervise((event) => {
      if (event.type !== "scored" || event.items % 15 !== 0 || killed.has(event.measurerPid)) return;
      killed.add(event.measurerPid);
      process.kill(event.measurerPid, "SIGKILL");
    });
    expect(await study.scored(id)).toMatchObject({ state: "succeeded", done: items });
    expect(killed.size).toBeGreaterThan(1);
  });
});

describe("measuring", () => {
  it("goes on with another child where one is killed (-9), and loses and doubles nothing", async () => {
    const evaluationId = await newEvaluation();
    const killed: number[] = [];
    await supervise((event) => {
      if (event.type !== "measured" || killed.includes(event.measurerPid)) return;
      killed.push(event.measurerPid);
      process.kill(event.measurerPid, "SIGKILL");
    });
    expect(await study.measured(evaluationId)).toMatchObject({ state: "succeeded", done: items, error: null });
    expect(killed.length).toBeGreaterThan(1);
    expect(await attemptsOf(evaluationId)).toEqual({ attempt: 1, lostWorkers: 0 });
    await expectAllMeasured(evaluationId);
  });

  it("goes on where a supervisor was killed (-9): what it stored is not measured again", async () => {
    const evaluationId = await newEvaluation();
    expect(await dyingSupervisor("measured", 1).gone).toBe("SIGKILL");
    const before = await measuresOf(evaluationId);
    expect(before).toHaveLength(20);
    await study.lapse();
    const counts: number[] = [];
    await supervise((event) => {
      if (event.type === "measured") counts.push(event.items);
    });
    expect(await study.measured(evaluationId)).toMatchObject({ state: "succeeded", total: items, done: items });
    expect(counts).toEqual([20, 25]);
    expect(await attemptsOf(evaluationId)).toEqual({ attempt: 2, lostWorkers: 1 });
    await expectAllMeasured(evaluationId);
  });

  it("stopped with its worker is given back at once, and no worker counts as lost", async () => {
    const evaluationId = await newEvaluation();
    await new Promise<void>((stored) => {
      void supervise((event) => event.type === "measured" && stored());
    });
    await supervisor!.stop();
    expect(await study.measurement(evaluationId)).toMatchObject({ state: "queued" });
    await supervise();
    expect(await study.measured(evaluationId)).toMatchObject({ state: "succeeded" });
    expect(await attemptsOf(evaluationId)).toEqual({ attempt: 2, lostWorkers: 0 });
    await expectAllMeasured(evaluationId);
  });

  it("profiles a truth once for all evaluations of its labels at one size", async () => {
    const [first, second] = await newEvaluations(2);
    const { teamId, db } = study.database;
    const { id: workerId } = await study.asTeam((sql) =>
      registerWorker(sql, teamId, { name: "w", device: "cpu", version: "test" }),
    );
    const measurer = openMeasurer();
    const profiled: boolean[] = [];
    for (const evaluationId of [first, second]) {
      const claimed = (await claimMeasurement(db, { teamId, workerId, leaseSeconds: 60 }))!;
      expect(claimed.evaluationId).toBe(evaluationId);
      const problems = await measureEvaluation({
        database: db,
        teamId,
        claimed,
        held: { signal: new AbortController().signal, patiently: (call) => call() },
        files: openMaskFiles({ ...study, teamId }, claimed),
        measurer: {
          ...measurer,
          measure(task: MeasureTask) {
            profiled.push(task.profile !== null);
            return measurer.measure(task);
          },
        },
        onStored: () => undefined,
      });
      expect(problems).toEqual([]);
    }
    await measurer.close();
    expect(profiled).toEqual([...Array(items).fill(true), ...Array(items).fill(false)]);
    await expectAllMeasured(second!);
  });

  it("goes past an item whose file is gone, and fails with its name; the others are measured", async () => {
    const evaluationId = await newEvaluation();
    const gone = study.items[5]!;
    const { teamId } = study.database;
    const bytes = await study.objects.read(teamId, gone.prediction);
    await study.objects.remove(teamId, gone.prediction);
    await supervise();
    const { state, done, error } = await study.measured(evaluationId);
    await study.objects.put(teamId, bytes);
    expect(state).toBe("failed");
    const others = study.items.filter(({ prediction }) => prediction !== gone.prediction);
    expect(done).toBe(others.length);
    expect(error).toMatch(/items could not be measured\. item-005: the predicted mask: /);
    expect((await measuresOf(evaluationId)).map(({ itemId }) => itemId).sort()).toEqual(
      others.map(({ id }) => id).sort(),
    );
  });
});

describe("a measurer", () => {
  const side = 256;
  const truth = Uint8Array.from({ length: side * side }, (_, i) => (i % side > 40 && i % side < 200 ? 1 : 0));
  const task = { truth, prediction: truth, size: side, spacing: null, profile: { seed: "s", readers: [] } };

  it("whose child is killed twice over one request says so", async () => {
    const measurer = openMeasurer();
    const asked = measurer.measure(task);
    asked.catch(() => undefined);
    const [first] = [measurer.processId()!];
    process.kill(first, "SIGKILL");
    while (measurer.processId() === first || measurer.processId() === null) await new Promise(setImmediate);
    process.kill(measurer.processId()!, "SIGKILL");
    await expect(asked).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect((await measurer.measure(task)).profile!.pixels).toBe(159 * side);
    await measurer.close();
  });

  it("whose child crashes fails that request alone", async () => {
    const measurer = openMeasurer();
    const asked = measurer.measure(task);
    const after = measurer.count({ truth, prediction: truth, size: side });
    asked.catch(() => undefined);
    process.kill(measurer.processId()!, "SIGSEGV");
    await expect(asked).rejects.toThrow("The measuring process crashed (SIGSEGV)");
    expect(await after).toMatchObject({ truePositives: 159 * side, truthComponents: 1 });
    await expect(measurer.count({ truth, prediction: new Uint8Array(4), size: side })).rejects.toThrow("one length");
    await measurer.close();
    await expect(measurer.measure(task)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});
