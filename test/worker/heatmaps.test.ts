/** Heatmaps asked of a run that a real worker has trained on planted shapes, with and without masks of them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ClassificationConfiguration, classificationDefaults } from "@tessera/domain/configuration/classification";
import type { HeatmapsResult } from "@tessera/domain/inspections/heatmaps";
import { openImaging } from "@tessera/imaging/client";
import { insertAnnotations } from "@tessera/store/annotations";
import { blobsBySha, putBlob } from "@tessera/store/blobs";
import { createExperiment } from "@tessera/store/experiments";
import { createInspection, inspectionsByIds } from "@tessera/store/inspections";
import { itemsByIds } from "@tessera/store/items";
import { ensureSchema } from "@tessera/store/labelSchemas";
import { freezeLabelVersion } from "@tessera/store/labelVersions";
import { ensureProject } from "@tessera/store/projects";
import { listRuns, runsByIds } from "@tessera/store/runs";
import { splitItems } from "@tessera/store/splits";
import { shapeNames, shapePicture } from "@tessera/synthetic/shapes";
import { type Supervisor, startSupervisor } from "@tessera/worker/supervisor";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tiny } from "../training/support/session.ts";
import { type ImportWorld, importWorld } from "./support/importWorld.ts";
import type { Folder } from "./support/kvasirFolder.ts";

const size = 32;
const configuration: ClassificationConfiguration = {
  ...classificationDefaults,
  model: { family: "resnet", size, baseFilters: 8, blocks: [1, 1, 1], stem: "3x3" },
  optimizer: { ...classificationDefaults.optimizer, learningRate: 5e-3 },
  augmentation: { flip: false, rotate90: false, brightness: 0.1 },
  batchSize: 16,
  epochs: 5,
  threads: 1,
};

let world: ImportWorld;
let directory: string;
let supervisor: Supervisor;
let taken: Awaited<ReturnType<ImportWorld["take"]>>;
let runId: string;
const foldNames = [...Array<string>(8).fill("train"), "val", "test"]; // of ten in a row
const shapeOf = (index: number) => shapeNames[index % 2]!;

beforeAll(async () => {
  world = await importWorld();
  directory = mkdtempSync(join(tmpdir(), "tessera-heatmaps-"));
  const imaging = openImaging({ processes: 1 });
  const folder: Folder = new Map();
  for (let index = 0; index < 160; index++) {
    const picture = shapePicture(5, index, [shapeOf(index)], size);
    const bytes = Buffer.from(await imaging.encodeImage(picture, size, size, "png"));
    folder.set(`${foldNames[Math.floor(index / 2) % 10]}/${shapeOf(index)}/${index}.png`, bytes);
  }
  await imaging.close();
  taken = await world.take("class-folders", folder);
  supervisor = await startSupervisor({
    ...{ database: world.database.db, teamId: world.database.teamId, objects: world.objects },
    ...{ objectsDirectory: world.directory, spoolDirectory: join(directory, "spool"), name: "worker" },
    ...{ device: "cpu", version: "test", maxThreads: null, checkpointEverySteps: null, observe: () => undefined },
  });
  runId = await trainedRun(configuration);
}, 120_000);
afterAll(async () => {
  await supervisor?.stop();
  await world.close();
  rmSync(directory, { recursive: true, force: true });
});

let experiments = 0;
async function trainedRun(base: object): Promise<string> {
  const { teamId, userId } = world.database;
  const configured = { ...base };
  const id = await world.ask(async (sql) => {
    const { id: projectId } = await ensureProject(sql, teamId, "Layouts");
    const experiment = await createExperiment(sql, teamId, {
      ...{ projectId, datasetId: taken.datasetId, labelVersionId: taken.version.id, splitId: taken.splitId! },
      ...{ name: `experiment ${++experiments}`, question: "", base: configured },
      ...{
        arms: [{ name: "arm", changes: {} }],
        seeds: [1],
        equivalenceMargin: null,
        createdBy: userId,
        codeCommit: "test",
      },
      runs: [{ arm: "arm", seed: 1, configuration: configured, startingRunId: null, name: "run" }],
    });
    return (await listRuns(sql, teamId, { experimentId: experiment.id })).rows[0]!.id;
  });
  for (;;) {
    const [run] = await world.ask((sql) => runsByIds(sql, teamId, [id]));
    if (run!.state === "succeeded" || run!.state === "failed") return id;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const ask = (request: object) =>
  world.ask((sql) =>
    createInspection(sql, world.database.teamId, { kind: "heatmaps", request, createdBy: world.database.userId }),
  );
async function answer(request: object) {
  const { id } = await ask(request);
  for (;;) {
    const [now] = await world.ask((sql) => inspectionsByIds(sql, world.database.teamId, [id]));
    if (!["queued", "running"].includes(now!.state)) return { ...now!, result: now!.result as HeatmapsResult };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A mask of every item of validation, in a label version of segmentation that knows rings alone by their name. */
async function plantMasks(): Promise<void> {
  const { teamId } = world.database;
  const imaging = openImaging({ processes: 1 });
  const placed = await world.ask((sql) => splitItems(sql, teamId, taken.splitId!));
  const rows = await world.ask((sql) =>
    itemsByIds(
      sql,
      teamId,
      placed.filter(({ fold }) => fold === "validation").map(({ itemId }) => itemId),
    ),
  );
  const masks = await Promise.all(
    rows.map(async (item) => {
      const index = Number(/(\d+)(?:\.png)?$/.exec(item!.name)![1]);
      const picture = shapePicture(5, index, [shapeOf(index)], size);
      const mask = Uint8Array.from({ length: size * size }, (_, i) => (picture[3 * i]! >= 140 ? 1 + (index % 2) : 0));
      const blob = await world.objects.put(teamId, await imaging.encodeIndices(mask, size, size, 2));
      return { itemId: item!.id, index, blob, pixels: mask.filter((value) => value > 0).length };
    }),
  );
  await imaging.close();
  await world.ask(async (sql) => {
    const { datasetId } = taken;
    const schema = await ensureSchema(sql, teamId, { datasetId, task: "segmentation", classes: ["Ring", "other"] });
    for (const { blob } of masks) await putBlob(sql, teamId, { ...blob, mediaType: "image/png" });
    const annotations = await insertAnnotations(
      sql,
      teamId,
      masks.map(({ itemId, index, blob, pixels }) => ({
        ...{ itemId, schemaId: schema.id, reader: "planted", maskSha256: blob.sha256, boxes: null },
        ...{ regionPixels: index % 2 ? [0, pixels] : [pixels, 0], components: index % 2 ? [0, 1] : [1, 0] },
      })),
    );
    const labels = annotations.map(({ id, itemId }) => ({ itemId, annotationId: id }));
    await freezeLabelVersion(sql, teamId, { datasetId, schemaId: schema.id, rule: "planted", note: "", labels });
  });
}

describe("heatmaps", () => {
  it("of items without masks are kept with the verdict of their method, and use no test item", async () => {
    const { state, error, result, done, total } = await answer({
      runId,
      count: 3,
      methods: ["gradCam"],
      labelSteps: 100,
    });
    expect({ state, error }).toEqual({ state: "succeeded", error: null });
    expect(done).toBe(total);
    expect(result.items).toHaveLength(3);
    expect(result).toMatchObject({ size, guardItems: 12, draws: 8, masks: null, chosenAmong: 16 });
    for (const item of result.items) {
      expect(item.fold).toBe("validation");
      expect(item.truth[item.classIndex]).toBe(1);
      expect(item.classIndex).toBe(item.probabilities.indexOf(Math.max(...item.probabilities)));
    }
    const sure = result.items.map(({ probabilities, classIndex }) => probabilities[classIndex]!);
    expect(sure).toEqual(sure.toSorted((a, b) => b - a));
    const [checks] = result.methods;
    expect(checks).toMatchObject({ method: "gradCam", verdict: "passes", blank: 0, localisation: null });
    expect(result.labelRandomised).toMatchObject({ runId: null, steps: 100, chance: 0.5 });

    const { image, maps } = result.items[0]!;
    const { values, picture, low, high } = maps[0]!;
    const { teamId } = world.database;
    const blobs = await world.ask((sql) => blobsBySha(sql, teamId, [image, picture, values]));
    // The image is the file that was imported, byte by byte, and keeps that one's media type.
    expect(blobs.map((blob) => blob?.mediaType).slice(1)).toEqual(["image/png", "application/octet-stream"]);
    expect(blobs[0]).not.toBeNull();
    const bytes = await world.objects.read(teamId, values);
    const map = new Float32Array(new Uint8Array(bytes).buffer);
    expect(map).toHaveLength(size * size);
    expect([Math.min(...map), Math.max(...map)]).toEqual([Math.fround(low), Math.fround(high)]);
  }, 60_000);

  it("of a class that has masks are held against them, by all methods", async () => {
    await plantMasks();
    const request = { runId, count: 2, classIndex: 0, guardItems: 8, draws: 5, labelSteps: 20 };
    const { state, error, result } = await answer(request);
    expect({ state, error }).toEqual({ state: "succeeded", error: null });
    expect(result.masks).toMatchObject({ labelVersionNumber: 2 });
    expect(result.methods.map(({ method }) => method)).toEqual(["gradCam", "integratedGradients", "occlusion"]);
    for (const { localisation, method } of result.methods) {
      expect(localisation!.items, method).toBe(8); // the rings of validation
      expect(localisation!.auc.low, method).toBeGreaterThan(0.55);
    }
    for (const item of result.items) {
      expect(item.maps.map(({ method }) => method)).toEqual(["gradCam", "integratedGradients", "occlusion"]);
      const { steps, difference, missing } = item.maps[1]!.integration!;
      expect(steps).toBeGreaterThanOrEqual(64);
      expect(Math.abs(missing / difference)).toBeLessThan(0.05);
      expect(item.maps[0]!.integration).toBeNull();
    }
  }, 120_000);

  it("of test items are made where they are named, and by another run's labels", async () => {
    const other = await trainedRun({ ...configuration, epochs: 1 });
    const placed = await world.ask((sql) => splitItems(sql, world.database.teamId, taken.splitId!));
    const { itemId } = placed.find(({ fold }) => fold === "test")!;
    const request = { runId, itemIds: [itemId], methods: ["gradCam"], draws: 5, labelRandomisedRunId: other };
    const { result, error } = await answer(request);
    expect(error).toBeNull();
    expect(result.items).toMatchObject([{ itemId, fold: "test" }]);
    expect(result.chosenAmong).toBeNull();
    expect(result.labelRandomised).toEqual({ runId: other, steps: null, accuracy: null, chance: null });
    const nobody = "00000000-0000-4000-8000-000000000000";
    expect(await answer({ ...request, itemIds: [nobody] })).toMatchObject({
      state: "failed",
      error: expect.stringContaining(`Item ${nobody} is not in the run's split`),
    });
    expect((await answer({ runId, classIndex: 2, methods: ["gradCam"] })).error).toMatch(/expected 0 to 1, got 2/);
  }, 60_000);
});

describe("a request of heatmaps", () => {
  it("is refused with every problem of it", async () => {
    const wrong = { runId, itemIds: ["x"], methods: ["attention"], draws: 2, guardItems: 2, choice: "named" };
    await expect(ask(wrong)).rejects.toThrow(
      /4 problem\(s\):\nitemIds: expected 1 to 16 ids.+\nguardItems.+\ndraws.+\nmethods: expected some of gradCam/s,
    );
    await expect(ask({ runId, choice: "named" })).rejects.toThrow(/itemIds: expected 1 to 16 ids of items/);
    await expect(ask({ runId, itemIds: [runId], choice: "confidentRight" })).rejects.toThrow(/expected none, since/);
  });

  it("of a run of another architecture as the label-randomised one is refused", async () => {
    const other = await trainedRun({ ...configuration, model: { ...configuration.model, baseFilters: 4 }, epochs: 1 });
    await expect(ask({ runId, labelRandomisedRunId: other })).rejects.toThrow(/differs in baseFilters/);
    await expect(ask({ runId, labelRandomisedRunId: runId })).rejects.toThrow(/expected another run/);
  }, 60_000);

  it("of a segmentation is refused: its own output says where", async () => {
    const { heatmaps } = await import("@tessera/domain/inspections/heatmaps");
    const parsed = heatmaps.parse({ runId });
    expect(() => heatmaps.checkRuns!(parsed, [tiny])).toThrow(/own output says where/);
  });
});
