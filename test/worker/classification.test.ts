import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ClassificationConfiguration, classificationDefaults } from "@tessera/domain/configuration/classification";
import { openImaging } from "@tessera/imaging/client";
import { meanAuc } from "@tessera/models/metrics/classification";
import { attemptsOf } from "@tessera/store/attempts";
import { blobsBySha, putBlob } from "@tessera/store/blobs";
import { checkpointsOf } from "@tessera/store/checkpoints";
import { classificationPredictions, evaluationItems, evaluationsOf } from "@tessera/store/evaluations";
import { createExperiment } from "@tessera/store/experiments";
import { runLogs } from "@tessera/store/logs";
import { measurementsOf } from "@tessera/store/measurements";
import { ensureProject } from "@tessera/store/projects";
import { listRuns, runsByIds } from "@tessera/store/runs";
import { insertWeights } from "@tessera/store/weights";
import { type ShapeName, shapePicture } from "@tessera/synthetic/shapes";
import type { SupervisorOptions, WorkerEvent } from "@tessera/worker/options";
import { type Supervisor, startSupervisor } from "@tessera/worker/supervisor";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mobilenetFile } from "../support/mobilenetFile.ts";
import { tiny } from "../training/support/session.ts";
import { type ImportWorld, importWorld } from "./support/importWorld.ts";
import type { Folder } from "./support/kvasirFolder.ts";

const size = 24;
const configuration: ClassificationConfiguration = {
  ...classificationDefaults,
  model: { family: "resnet", size, baseFilters: 6, blocks: [1, 1], stem: "3x3" },
  optimizer: { ...classificationDefaults.optimizer, learningRate: 1e-2 },
  augmentation: { flip: true, rotate90: true, brightness: 0.1 },
  batchSize: 12,
  epochs: 10,
  threads: 1,
};

let world: ImportWorld;
let directory: string;
let supervisor: Supervisor | undefined;
type Taken = Awaited<ReturnType<ImportWorld["take"]>>;
let ringsOrSquares: Taken;
let each: Taken;
let whole: string;

const foldNames = [...Array<string>(8).fill("train"), "val", "test"]; // of ten in a row

beforeAll(async () => {
  world = await importWorld();
  directory = mkdtempSync(join(tmpdir(), "tessera-shapes-"));
  const imaging = openImaging({ processes: 1 });
  const picture = async (index: number, shapes: readonly ShapeName[]) =>
    Buffer.from(await imaging.encodeImage(shapePicture(5, index, shapes, size), size, size, "png"));
  const [folders, table]: [Folder, Folder] = [new Map(), new Map()];
  const rows = ["item,fold,ring,square"];
  for (let index = 0; index < 120; index++) {
    const fold = foldNames[Math.floor(index / 2) % 10]!;
    const shape = index % 2 === 0 ? "ring" : "square";
    folders.set(`${fold}/${shape}/${index}.png`, await picture(index, [shape]));
    const shapes = (["ring", "square"] as const).filter((_, place) => ((index * 7) >> place) % 2 === 1);
    table.set(`images/${index}.png`, await picture(200 + index, shapes));
    const square = index % 6 === 0 ? "" : Number(shapes.includes("square"));
    rows.push(`${index}.png,${fold},${Number(shapes.includes("ring"))},${square}`);
  }
  table.set("labels.csv", Buffer.from(rows.join("\n")));
  await imaging.close();
  ringsOrSquares = await world.take("class-folders", folders);
  each = await world.take("class-csv", table);
  whole = await queueRun(ringsOrSquares);
  await train(whole);
}, 120_000);
afterAll(async () => {
  await supervisor?.stop();
  await world.close();
  rmSync(directory, { recursive: true, force: true });
});

let runs = 0;
async function queueRun({ datasetId, version, splitId }: Taken, base: object = configuration): Promise<string> {
  const { teamId, userId } = world.database;
  const name = `run ${++runs}`;
  const configured = { ...base };
  return world.ask(async (sql) => {
    const { id: projectId } = await ensureProject(sql, teamId, "Layouts");
    const { id } = await createExperiment(sql, teamId, {
      ...{ projectId, datasetId, labelVersionId: version.id, splitId: splitId!, name, question: "" },
      ...{ base: configured, arms: [{ name: "arm", changes: {} }], seeds: [1], equivalenceMargin: null },
      ...{ createdBy: userId, codeCommit: "test" },
      runs: [{ arm: "arm", seed: 1, configuration: configured, startingRunId: null, name }],
    });
    return (await listRuns(sql, teamId, { experimentId: id })).rows[0]!.id;
  });
}

async function train(id: string, observe: (event: WorkerEvent) => void = () => undefined) {
  const { db, teamId } = world.database;
  const options: SupervisorOptions = {
    ...{ database: db, teamId, objects: world.objects, objectsDirectory: world.directory, name: "worker" },
    ...{ spoolDirectory: join(directory, "spool"), device: "cpu", version: "test", maxThreads: null },
    checkpointEverySteps: 2,
    observe,
  };
  supervisor = await startSupervisor(options);
  for (;;) {
    const [run] = await world.ask((sql) => runsByIds(sql, teamId, [id]));
    if (run!.state === "succeeded" || run!.state === "failed") {
      await supervisor.stop();
      supervisor = undefined;
      return run!;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** All that must not depend on kills, as text. */
async function seen(id: string): Promise<string> {
  const { owner } = world.database;
  const points = await owner`
    select c.series, p.step, p.value from metric_chunks c
    join attempt_limits l using (team_id, run_id, attempt)
    cross join lateral unnest(c.steps, c.point_values) as p (step, value)
    where c.run_id = ${id} and p.step <= l.last_seen_step and c.series not like 'system/%'
    order by c.series, p.step`;
  const predictions = await owner`
    select e.fold, e.scoring, e.checkpoint_step, p.item_id, p.probabilities::text
    from evaluations e join evaluation_predictions p on p.evaluation_id = e.id where e.run_id = ${id} order by e.fold, p.item_id`;
  const final = await owner`
    select sha256 from checkpoints where run_id = ${id} and kind = 'latest' order by step desc, attempt desc limit 1`;
  return JSON.stringify({ points, predictions, final }, null, 1);
}

async function scored(id: string, fold: "validation" | "test") {
  const { teamId } = world.database;
  return world.ask(async (sql) => {
    const [evaluation] = await evaluationsOf(sql, teamId, { runIds: [id], fold });
    return { evaluation: evaluation!, predictions: await classificationPredictions(sql, teamId, [evaluation!.id]) };
  });
}

describe("a run on rings or squares", () => {
  it("tells them apart on images that it has not seen, and keeps what it said of each", async () => {
    const { evaluation, predictions } = await scored(whole, "test");
    expect(evaluation).toMatchObject({ task: "classification", scoring: 1, items: 12, size, threshold: 0.5 });
    expect(predictions.map(({ itemName, truth }) => [itemName.split("/")[1], truth])).toEqual([
      ...Array(6).fill(["ring", [1, 0]]),
      ...Array(6).fill(["square", [0, 1]]),
    ]);
    expect(meanAuc(predictions, true)).toBeGreaterThan(0.9);
  });

  it("is judged on validation by the AUC of what it keeps of it", async () => {
    const { teamId } = world.database;
    const { predictions } = await scored(whole, "validation");
    const checkpoints = await world.ask((sql) => checkpointsOf(sql, teamId, [whole]));
    const best = checkpoints.findLast(({ kind }) => kind === "best")!;
    expect(best.validationScore).toBe(meanAuc(predictions, true));
  });

  it("has no masks, and nothing to measure", async () => {
    const { teamId } = world.database;
    const { evaluation } = await scored(whole, "test");
    expect(await world.ask((sql) => evaluationItems(sql, teamId, [evaluation.id]))).toEqual([]);
    expect(await world.ask((sql) => measurementsOf(sql, teamId, [evaluation.id]))).toEqual([]);
  });

  it("goes on after its trainer was killed as if nothing had been, bit for bit", async () => {
    const killed = await queueRun(ringsOrSquares);
    const left = [4, 5];
    const run = await train(killed, (event) => {
      if (event.type !== "spooled" || event.sequence !== left[0]) return;
      left.shift();
      process.kill(event.trainerPid, "SIGKILL");
    });
    expect(run.state).toBe("succeeded");
    const attempts = await world.ask((sql) => attemptsOf(sql, world.database.teamId, [killed]));
    expect(attempts.length).toBeGreaterThan(1);
    expect(await seen(killed)).toBe(await seen(whole));
  }, 120_000);
});

describe("a run on a quarter of its training fold", () => {
  it("learns from a quarter of each class, in as many steps as it is told, and decodes no other image", async () => {
    const part = { ...configuration, trainingFraction: 0.25, stepsPerEpoch: 3, epochs: 2 };
    const id = await queueRun(ringsOrSquares, part);
    expect(await train(id)).toMatchObject({ state: "succeeded", error: null, totalSteps: 6 });
    const { rows } = await world.ask((sql) => runLogs(sql, world.database.teamId, id));
    const messages = rows.map(({ message }) => message);
    expect(messages).toContain("Learns from 24 of 96 training items, 3 steps per epoch, 2 epochs");
    expect(messages.join("\n")).toMatch(/^48 items decoded to 24 x 24/m); // of 120: 24, and 12 each to choose and to score by
  }, 60_000);
});

describe("a run on classes that stand by themselves", () => {
  it("learns each from the items that tell of it", async () => {
    const id = await queueRun(each);
    expect(await train(id)).toMatchObject({ state: "succeeded" });
    const { predictions } = await scored(id, "test");
    expect(predictions.some(({ truth }) => truth.includes(null))).toBe(true);
    expect(meanAuc(predictions, false)).toBeGreaterThan(0.9);
  }, 120_000);

  it("cannot be one of segmentation", async () => {
    const run = await train(await queueRun(each, { ...tiny, epochs: 1 }));
    expect(run).toMatchObject({ state: "failed", error: expect.stringContaining("choose labels of segmentation") });
  }, 60_000);
});

describe("a run from imported weights", () => {
  it("is given their two files, calibrates them on its images, and stores the report", async () => {
    const { teamId, userId } = world.database;
    const model = { family: "mobilenetV1", size: 32, alpha: 0.25 } as const;
    const files = mobilenetFile({ ...model, classes: 5 });
    const store = async (bytes: Uint8Array) => {
      const { sha256, size: bytesLong } = await world.objects.put(teamId, Buffer.from(bytes));
      await world.ask((sql) =>
        putBlob(sql, teamId, { sha256, size: bytesLong, mediaType: "application/octet-stream" }),
      );
      return sha256;
    };
    const [sha256, graphSha256] = [await store(files.weights), await store(files.graph)];
    const report = { loaded: [], adapted: [], skipped: [], deadFilters: [] };
    const net = { ...model, classes: 5, layers: [] };
    const row = { name: "net", source: "invented", model: net, sha256, graphSha256, report, createdBy: userId };
    const weights = await world.ask((sql) => insertWeights(sql, teamId, row));
    const startingWeights = { kind: "imported", weightsId: weights.id, part: "encoder" } as const;
    const id = await queueRun(ringsOrSquares, { ...configuration, model, epochs: 1, startingWeights });
    expect(await train(id)).toMatchObject({ state: "succeeded", error: null });
    const { rows } = await world.ask((sql) => runLogs(sql, teamId, id));
    const found = rows.map(({ message }) => /whole at \/files\/([0-9a-f]{64}): 27 loaded, 108 adapted/.exec(message));
    const stored = found.find((each) => each !== null)![1]!;
    const blobs = await world.ask((sql) => blobsBySha(sql, teamId, [stored]));
    expect(blobs).toMatchObject([{ mediaType: "application/json" }]);
    expect(JSON.parse((await world.objects.read(teamId, stored)).toString()).adapted).toHaveLength(108);
  });
});
