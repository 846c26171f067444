import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MilConfiguration, milDefaults } from "@tessera/domain/configuration/milRun";
import type { BagMemoryResult } from "@tessera/domain/inspections/bagMemory";
import { keyedRandom } from "@tessera/models/augmentation/random";
import { meanAuc } from "@tessera/models/metrics/classification";
import { classificationPredictions, evaluationsOf } from "@tessera/store/evaluations";
import { createExperiment } from "@tessera/store/experiments";
import { createInspection, inspectionsByIds } from "@tessera/store/inspections";
import { runLogs } from "@tessera/store/logs";
import { ensureProject } from "@tessera/store/projects";
import { listRuns, runsByIds } from "@tessera/store/runs";
import { startSupervisor } from "@tessera/worker/supervisor";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ImportWorld, importWorld } from "./support/importWorld.ts";

let world: ImportWorld;
let directory: string;
beforeAll(async () => {
  world = await importWorld();
  directory = mkdtempSync(join(tmpdir(), "tessera-bags-"));
});
afterAll(async () => {
  await world.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Positive bags have one tile far off in the second feature. */
function table(): Buffer {
  const lines = ["bag,fold,label,f1,f2,f3"];
  const folds = [...Array<string>(6).fill("train"), "val", "test", "val", "test"];
  for (let index = 0; index < 80; index++) {
    const random = keyedRandom({ seed: 9, epoch: 0, index });
    const tiles = 2 + Math.floor(6 * random());
    const witness = index % 2 === 1 ? Math.floor(tiles * random()) : -1;
    for (let tile = 0; tile < tiles; tile++) {
      const second = tile === witness ? 900 : 100 * random();
      const fold = folds[Math.floor(index / 2) % 10];
      lines.push(`bag ${String(index).padStart(3, "0")},${fold},${index % 2},${random()},${second},${random()}`);
    }
  }
  return Buffer.from(lines.join("\n"));
}

const configuration: MilConfiguration = {
  ...milDefaults,
  model: { family: "attentionMil", encoder: [8], dropout: 0, hidden: 4, attention: "gated" },
  optimizer: { ...milDefaults.optimizer, learningRate: 1e-2 },
  batchSize: 4,
  epochs: 15,
  threads: 1,
};

it("bags of a table are trained on, and scored bag by bag", async () => {
  const { teamId, userId, db } = world.database;
  const taken = await world.take("bag-csv", new Map([["bags.csv", table()]]));
  expect(taken.problems).toEqual([]);
  const runId = await world.ask(async (sql) => {
    const { id: projectId } = await ensureProject(sql, teamId, "Layouts");
    const { id } = await createExperiment(sql, teamId, {
      ...{ projectId, datasetId: taken.datasetId, labelVersionId: taken.version.id, splitId: taken.splitId! },
      ...{ name: "bags", question: "", base: { ...configuration }, arms: [{ name: "arm", changes: {} }], seeds: [1] },
      ...{ equivalenceMargin: null, createdBy: userId, codeCommit: "test" },
      runs: [{ arm: "arm", seed: 1, configuration: { ...configuration }, startingRunId: null, name: "run" }],
    });
    return (await listRuns(sql, teamId, { experimentId: id })).rows[0]!.id;
  });
  const supervisor = await startSupervisor({
    ...{ database: db, teamId, objects: world.objects, objectsDirectory: world.directory, name: "worker" },
    ...{ spoolDirectory: join(directory, "spool"), device: "cpu", version: "test", maxThreads: null },
    checkpointEverySteps: 5,
    observe: () => undefined,
  });
  let run = (await world.ask((sql) => runsByIds(sql, teamId, [runId])))[0]!;
  while (run.state !== "succeeded" && run.state !== "failed") {
    await new Promise((resolve) => setTimeout(resolve, 50));
    run = (await world.ask((sql) => runsByIds(sql, teamId, [runId])))[0]!;
  }
  const { id: inspectionId } = await world.ask((sql) =>
    createInspection(sql, teamId, { kind: "bagMemory", request: { runId, largest: 128 }, createdBy: userId }),
  );
  const planned = async () => (await world.ask((sql) => inspectionsByIds(sql, teamId, [inspectionId])))[0]!;
  while (["queued", "running"].includes((await planned()).state))
    await new Promise((resolve) => setTimeout(resolve, 50));
  await supervisor.stop();
  const { error, result } = await planned();
  expect(error).toBeNull();
  const { sizes, features, largestBag } = result as BagMemoryResult;
  expect([features, largestBag]).toEqual([3, 7]);
  expect(sizes.map(({ tiles }) => tiles)).toEqual([64, 128]);
  for (const size of sizes) expect(size.measuredBytes!).toBeLessThan(size.predictedBytes);
  expect([run.state, run.error]).toEqual(["succeeded", null]);
  const [test] = await world.ask((sql) => evaluationsOf(sql, teamId, { runIds: [runId], fold: "test" }));
  expect(test).toMatchObject({ task: "classification", size: 3, items: 16 });
  const predictions = await world.ask((sql) => classificationPredictions(sql, teamId, [test!.id]));
  expect(meanAuc(predictions.flat(), true)).toBeGreaterThan(0.95);
  const logs = (await world.ask((sql) => runLogs(sql, teamId, runId))).rows.map(({ message }) => message);
  expect(logs.join("\n")).toContain("80 bags are read as they are asked for");
}, 120_000);
