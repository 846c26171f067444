/** Tile maps asked of a run that a real worker has trained on planted bags, one of which was made of a slide. */
import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MilConfiguration, milDefaults } from "@tessera/domain/configuration/milRun";
import type { TileMapsResult } from "@tessera/domain/inspections/tileMaps";
import { encodeManifest } from "@tessera/domain/slides/manifest";
import { usualTileRule } from "@tessera/domain/slides/tileRule";
import { bagOrigins } from "@tessera/store/bagOrigins";
import { putBlob } from "@tessera/store/blobs";
import { createDataset } from "@tessera/store/datasets";
import { createExperiment } from "@tessera/store/experiments";
import { createInspection, inspectionsByIds, tileMapsOfSlides } from "@tessera/store/inspections";
import { type Item, insertItems } from "@tessera/store/items";
import { ensureProject } from "@tessera/store/projects";
import { listRuns, runsByIds } from "@tessera/store/runs";
import { createSlideJob, insertSlideResult } from "@tessera/store/slideJobs";
import { type WitnessBagOptions, witnessBags, writeWitnessBags } from "@tessera/synthetic/witnessBags";
import { type Supervisor, startSupervisor } from "@tessera/worker/supervisor";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ImportWorld, importWorld } from "./support/importWorld.ts";

const planted: WitnessBagOptions = { seed: 4, bags: 100, tiles: 40, witnesses: 4, features: 8 };
const bags = new Map(witnessBags(planted).map((bag) => [bag.name, bag]));
const configuration: MilConfiguration = {
  ...milDefaults,
  model: { family: "attentionMil", encoder: [16], dropout: 0, hidden: 8, attention: "gated" },
  optimizer: { ...milDefaults.optimizer, learningRate: 3e-3 },
  batchSize: 4,
  epochs: 12,
  threads: 1,
};
const extent = { x: 512, y: 512 };
const placeOf = (tile: number) => ({ x: 512 * (tile % 8), y: 512 * Math.floor(tile / 8) });

let world: ImportWorld;
let directory: string;
let supervisor: Supervisor;
let taken: Awaited<ReturnType<ImportWorld["take"]>>;
let runId: string;
let madeOfSlide: Item;
let slideItemId: string;
let manifestSha256: string;

beforeAll(async () => {
  world = await importWorld();
  directory = mkdtempSync(join(tmpdir(), "tessera-tile-maps-"));
  await writeWitnessBags(directory, planted);
  taken = await world.take("bag-csv", new Map([["bags.csv", await readFile(join(directory, "bags.csv"))]]));
  await plantSlide();
  supervisor = await startSupervisor({
    ...{ database: world.database.db, teamId: world.database.teamId, objects: world.objects },
    ...{ objectsDirectory: world.directory, spoolDirectory: join(directory, "spool"), name: "worker" },
    ...{ device: "cpu", version: "test", maxThreads: null, checkpointEverySteps: null, observe: () => undefined },
  });
  runId = await trainedRun();
}, 120_000);
afterAll(async () => {
  await supervisor?.stop();
  await world.close();
  rmSync(directory, { recursive: true, force: true });
});

/** One positive bag of the validation fold, as jobs of tiles and features would have made it of a slide. */
async function plantSlide(): Promise<void> {
  const { teamId, userId } = world.database;
  const validation = new Set(taken.folds.flatMap(({ itemId, fold }) => (fold === "validation" ? [itemId] : [])));
  madeOfSlide = taken.items.find(({ id, name }) => validation.has(id) && bags.get(name)!.label === "tumour")!;
  const tiles = Array.from({ length: planted.tiles }, (_, tile) => placeOf(tile));
  const manifest = encodeManifest({
    ...{ version: 1, rule: usualTileRule, extent },
    slide: { sha256: "0".repeat(64), width: 8000, height: 8000, micronsPerPixel: { x: 0.5, y: 0.5 } },
    ...{ tissue: { threshold: 40, share: 1, pen: 0 }, dropped: { tissue: 0, blurred: 0 } },
    tiles: { x: tiles.map(({ x }) => x), y: tiles.map(({ y }) => y), tissue: tiles.map(() => 1), sharpness: null },
  });
  const stored = await world.objects.put(teamId, Buffer.from(manifest));
  manifestSha256 = stored.sha256;
  await world.ask(async (sql) => {
    await putBlob(sql, teamId, { ...stored, mediaType: "application/json" });
    const { id: projectId } = await ensureProject(sql, teamId, "Layouts");
    const { id: datasetId } = await createDataset(sql, teamId, { projectId, name: "Slides", modality: "histology" });
    const { thumbnailSha256 } = madeOfSlide;
    const of = {
      subject: "s",
      subjectKnown: true,
      site: null,
      spacingMm: null,
      thumbnailSha256,
      sha256: thumbnailSha256,
    };
    const slide = { datasetId, kind: "slide" as const, name: "slide", width: 8000, height: 8000, ...of };
    slideItemId = (await insertItems(sql, teamId, [slide])).inserted[0]!.id;
    const done = {
      overlaySha256: null,
      tiles: planted.tiles,
      seconds: 1,
      facts: null,
      error: null,
      itemId: slideItemId,
    };
    const job = (request: Parameters<typeof createSlideJob>[2]["request"]) =>
      createSlideJob(sql, teamId, { datasetId, createdBy: userId, request });
    const cut = await job({ kind: "tiles", rule: usualTileRule });
    await insertSlideResult(sql, teamId, { ...done, jobId: cut.id, sha256: manifestSha256, bagItemId: null });
    const features = await job({
      ...{ kind: "features", tilesJobId: cut.id, weightsId: cut.id, labelVersionId: null, name: "bags" },
    });
    const bag = { jobId: features.id, sha256: madeOfSlide.sha256, bagItemId: madeOfSlide.id };
    await insertSlideResult(sql, teamId, { ...done, ...bag });
  });
  // A worker must not take what this has made of them.
  await world.database.owner`update slide_jobs set state = 'cancelled', finished_at = clock_timestamp()`;
}

async function trainedRun(): Promise<string> {
  const { teamId, userId } = world.database;
  const id = await world.ask(async (sql) => {
    const { id: projectId } = await ensureProject(sql, teamId, "Layouts");
    const experiment = await createExperiment(sql, teamId, {
      ...{ projectId, datasetId: taken.datasetId, labelVersionId: taken.version.id, splitId: taken.splitId! },
      ...{ name: "bags", question: "", base: { ...configuration }, arms: [{ name: "arm", changes: {} }], seeds: [1] },
      ...{ equivalenceMargin: null, createdBy: userId, codeCommit: "test" },
      runs: [{ arm: "arm", seed: 1, configuration: { ...configuration }, startingRunId: null, name: "run" }],
    });
    return (await listRuns(sql, teamId, { experimentId: experiment.id })).rows[0]!.id;
  });
  for (;;) {
    const [run] = await world.ask((sql) => runsByIds(sql, teamId, [id]));
    if (run!.state === "succeeded" || run!.state === "failed") return id;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function answer(request: object) {
  const { teamId, userId } = world.database;
  const { id } = await world.ask((sql) =>
    createInspection(sql, teamId, { kind: "tileMaps", request, createdBy: userId }),
  );
  for (;;) {
    const [now] = await world.ask((sql) => inspectionsByIds(sql, teamId, [id]));
    if (!["queued", "running"].includes(now!.state)) return { ...now!, result: now!.result as TileMapsResult };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

it("attention and scores of the chosen bags come with their checks, as files in the order of rows, and with places on the slide", async () => {
  const { teamId } = world.database;
  const { state, error, result, done, total, id } = await answer({
    runId,
    itemIds: [madeOfSlide.id, taken.items.find(({ name }) => name !== madeOfSlide.name)!.id],
    ...{ draws: 5, guardItems: 8, labelSteps: 60 },
  });
  expect([state, error]).toEqual(["succeeded", null]);
  expect(done).toBe(total);
  expect(result.checks.map(({ kind, items }) => [kind, items])).toEqual([
    ["attention", 8],
    ["score", 8],
  ]);
  for (const { verdict } of result.checks) expect(["passes", "partly"]).toContain(verdict); // 5 draws: a wide interval
  expect(result).toMatchObject({ score: "contribution", missing: { attention: null, score: null }, tileTruth: null });
  const [own, other] = result.items;
  expect(own).toMatchObject({ itemId: madeOfSlide.id, tiles: 40, origin: { slideItemId, manifestSha256 } });
  expect(other!.origin).toBeNull();
  expect(own!.maps.map(({ kind, classIndex }) => [kind, classIndex])).toEqual([
    ["attention", null],
    ["score", 0],
    ["score", 1],
  ]);
  const { witnesses } = bags.get(madeOfSlide.name)!;
  for (const { kind, classIndex, values, top } of own!.maps) {
    const bytes = Buffer.from(await world.objects.read(teamId, values));
    expect(bytes.byteLength).toBe(4 * 40);
    for (const { tile, value, place } of top) {
      expect(bytes.readFloatLE(4 * tile)).toBeCloseTo(value, 6);
      expect(place).toEqual({ ...placeOf(tile), width: 512, height: 512 });
    }
    if (kind === "attention" || classIndex === 1) expect(witnesses).toContain(top[0]!.tile);
  }
  expect(other!.maps[0]!.top[0]!.place).toBeNull();
  const found = await world.ask((sql) => tileMapsOfSlides(sql, teamId, [slideItemId, madeOfSlide.id]));
  expect(found.map(({ slideItemId: slide, inspection }) => [slide, inspection.id])).toEqual([[slideItemId, id]]);
  const origins = await world.ask((sql) => bagOrigins(sql, teamId, [own!.itemId, other!.itemId]));
  expect(origins).toEqual([{ bagItemId: madeOfSlide.id, slideItemId, manifestSha256 }, null]);
}, 120_000);

it("of its own choice they are of validation alone", async () => {
  const { result } = await answer({ runId, count: 2, draws: 5, guardItems: 6, labelSteps: 20 });
  const validation = taken.folds.filter(({ fold }) => fold === "validation");
  expect(result.items).toHaveLength(2);
  expect(result.items.every(({ fold }) => fold === "validation")).toBe(true);
  expect(result.chosenAmong).toBe(validation.length);
}, 120_000);

it("says what is wrong with an item of another dataset", async () => {
  const { state, error } = await answer({ runId, itemIds: [slideItemId] });
  expect(state).toBe("failed");
  expect(error).toMatch(/is not in the run's split; name items of it/);
}, 60_000);
