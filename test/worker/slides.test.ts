/** @file Slides cut into tiles, and tiles made into bags, by a supervisor: what is stored, what resumes, what is copied. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeBag } from "@tessera/domain/bags/npy";
import { decodeManifest, type TileManifest } from "@tessera/domain/slides/manifest";
import type { SlideRequest, TilesRequest } from "@tessera/domain/slides/request";
import { usualTileRule } from "@tessera/domain/slides/tileRule";
import { parseGraph } from "@tessera/domain/weights/graph";
import { recognise } from "@tessera/domain/weights/recognise";
import { readSafetensors } from "@tessera/domain/weights/safetensors";
import { openSlides } from "@tessera/imaging/slides/client";
import { putBlob } from "@tessera/store/blobs";
import { listItems } from "@tessera/store/items";
import { labelsForItems, listLabelVersions } from "@tessera/store/labelVersions";
import {
  allSlideResults,
  cancelSlideJob,
  createSlideJob,
  type SlideJob,
  slideJobsByIds,
} from "@tessera/store/slideJobs";
import { listSplits, splitItems } from "@tessera/store/splits";
import { insertWeights } from "@tessera/store/weights";
import type { SlideWorld } from "@tessera/synthetic/slides/tissueWorld";
import { importedEncoder } from "@tessera/training/tileEncoder";
import { startSupervisor } from "@tessera/worker/supervisor";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mobilenetFile } from "../support/mobilenetFile.ts";
import { writeSmallSlide } from "../support/slides.ts";
import { type ImportWorld, importWorld } from "./support/importWorld.ts";

const names = ["a", "b", "c"];
const cell = 112;
const rule = { ...usualTileRule, size: 64, micronsPerPixel: (0.5 * cell) / 64, leastTissue: 0.8 };
const request: TilesRequest = { kind: "tiles", rule };
const files = mobilenetFile({ family: "mobilenetV1", alpha: 0.25, size: 32, classes: 3 });

let world: ImportWorld;
let work: string;
let datasetId: string;
let labelVersionId: string;
const planted = new Map<string, SlideWorld>();
let stop: () => Promise<void>;
beforeAll(async () => {
  world = await importWorld();
  work = mkdtempSync(join(tmpdir(), "tessera-slide-jobs-"));
  const folder = new Map<string, Buffer>();
  for (const [index, name] of names.entries()) {
    const path = join(work, `${name}.tif`);
    planted.set(
      name,
      await writeSmallSlide(path, { width: 1008, height: 900, seed: index, witnessRate: index % 2 === 0 ? 0 : 0.3 }),
    );
    folder.set(`${name}.tif`, readFileSync(path));
  }
  const lines = names.map(
    (name, index) => `${name},s${index},${["train", "val", "test"][index % 3]},${["n", "t"][index % 2]}`,
  );
  folder.set("labels.csv", Buffer.from(`slide,subject,fold,class\n${lines.join("\n")}\n`));
  const taken = await world.take("slides", folder);
  datasetId = taken.datasetId;
  labelVersionId = taken.version.id;
  const { db, teamId } = world.database;
  const supervisor = await startSupervisor({
    ...{ database: db, teamId, objects: world.objects, objectsDirectory: world.directory, name: "worker" },
    ...{ spoolDirectory: join(work, "spool"), device: "cpu", version: "test", maxThreads: 1 },
    checkpointEverySteps: 5,
    observe: () => undefined,
  });
  stop = () => supervisor.stop();
});
afterAll(async () => {
  await stop();
  await world.close();
  rmSync(work, { recursive: true, force: true });
});

const ask = (request: SlideRequest) =>
  world.ask((sql) =>
    createSlideJob(sql, world.database.teamId, { datasetId, request, createdBy: world.database.userId }),
  );
const job = async (id: string) => (await world.ask((sql) => slideJobsByIds(sql, world.database.teamId, [id])))[0]!;
async function ended({ id }: SlideJob): Promise<SlideJob> {
  for (;;) {
    const now = await job(id);
    if (now.state !== "queued" && now.state !== "running") return now;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const resultsOf = (id: string) => world.ask((sql) => allSlideResults(sql, world.database.teamId, id));
const itemsOf = async (dataset: string) =>
  (await world.ask((sql) => listItems(sql, world.database.teamId, { datasetId: dataset }))).rows;

it("cuts every slide into its planted tissue, resumes by slide, and makes bags that carry the slides' labels and folds", async () => {
  const { teamId, userId, owner } = world.database;
  const done = await ended(await ask(request));
  expect([done.state, done.error, done.done, done.total]).toEqual(["succeeded", null, 3, 3]);
  const results = await resultsOf(done.id);
  expect(done.tiles).toBe(results.reduce((sum, { tiles }) => sum + tiles, 0));
  expect(done.seconds).toBeGreaterThan(0);
  const slides = await itemsOf(datasetId);
  const manifests = new Map(
    await Promise.all(
      results.map(
        async ({ itemId, sha256 }) =>
          [itemId, decodeManifest(await world.objects.read(teamId, sha256!)) as TileManifest] as const,
      ),
    ),
  );
  for (const { id, name, sha256 } of slides) {
    const { tiles, slide, dropped } = manifests.get(id)!;
    const { tissue, columns, rows } = planted.get(name)!;
    expect(slide).toMatchObject({ sha256, width: 1008, micronsPerPixel: { x: 0.5, y: 0.5 } });
    const found = new Set(tiles.x.map((x, at) => (tiles.y[at]! / cell) * columns + x / cell));
    expect([...tissue.keys()].filter((at) => tissue[at] === 1 && !found.has(at))).toEqual([]);
    expect(tiles.x.length + dropped.tissue + dropped.blurred).toBe(columns * rows);
    expect(Math.min(...tiles.sharpness!)).toBeGreaterThanOrEqual(rule.leastSharpness);
  }

  // As if a worker had been lost after all slides but one.
  const [lost] = results;
  await owner`delete from slide_results where job_id = ${done.id} and item_id = ${lost!.itemId}`;
  await owner`update slide_jobs set state = 'queued', finished_at = null where id = ${done.id}`;
  const again = await ended(done);
  expect([again.state, again.done]).toEqual(["succeeded", 3]);
  const redone = await resultsOf(done.id);
  expect(redone.map(({ sha256 }) => sha256)).toEqual(results.map(({ sha256 }) => sha256));
  const untouched = (rows: typeof results) =>
    rows.filter(({ itemId }) => itemId !== lost!.itemId).map(({ seconds }) => seconds);
  expect(untouched(redone)).toEqual(untouched(results));

  const blobs = await Promise.all(
    [files.weights, files.graph].map((bytes) => world.objects.put(teamId, Buffer.from(bytes))),
  );
  const weights = await world.ask(async (sql) => {
    for (const blob of blobs) await putBlob(sql, teamId, { ...blob, mediaType: "application/octet-stream" });
    const { tensors } = readSafetensors(files.weights);
    const model = recognise(parseGraph(Buffer.from(files.graph).toString("utf8")), tensors);
    const report = { loaded: [], adapted: [], skipped: [], deadFilters: [] };
    const of = { name: "net", source: "test", model, report, createdBy: userId };
    return insertWeights(sql, teamId, { ...of, sha256: blobs[0]!.sha256, graphSha256: blobs[1]!.sha256 });
  });
  // As if a member had said them in the browser: their name is not free for imports, and what they said is copied all the same.
  await owner`insert into readers (team_id, user_id, name) select distinct team_id, ${userId}::uuid, reader from annotations where team_id = ${teamId}`;
  await owner`update annotations set user_id = ${userId} where team_id = ${teamId}`;
  const asked = { kind: "features", tilesJobId: done.id, weightsId: weights.id, labelVersionId, name: "Bags" } as const;
  const made = await ended(await ask(asked));
  expect([made.state, made.error, made.done, made.tiles]).toEqual(["succeeded", null, 3, done.tiles]);
  const bags = await itemsOf(made.bagDatasetId!);
  expect(bags.map(({ kind, name, subject, width }) => [kind, name, subject, width])).toEqual(
    slides.map(({ name, subject }) => ["bag", name, subject, 256]),
  );

  // The tiles of one bag, read and encoded here, in another batch.
  const first = bags[1]!;
  const result = (await resultsOf(made.id)).find(({ bagItemId }) => bagItemId === first.id)!;
  const manifest = manifests.get(result.itemId)!;
  const bag = decodeBag(await world.objects.read(teamId, first.sha256));
  expect([bag.tiles, bag.features]).toEqual([manifest.tiles.x.length, 256]);
  const readers = openSlides({ processes: 1 });
  const last = bag.tiles - 1;
  const list = { x: [manifest.tiles.x[last]!], y: [manifest.tiles.y[last]!], extent: manifest.extent, size: rule.size };
  const pixels = await readers.tiles({ path: join(work, `${first.name}.tif`), name: "x.tif" }, list);
  await readers.close();
  const encoder = await importedEncoder(files, rule.size, 1);
  const expected = await encoder.encode(pixels, 1);
  const own = bag.values.slice(last * bag.features);
  expect(Math.max(...own.map((value, at) => Math.abs(value - expected[at]!)))).toBeLessThan(1e-4);
  expect(Math.max(...expected)).toBeGreaterThan(0.01);

  const [version] = await world.ask((sql) => listLabelVersions(sql, teamId, made.bagDatasetId!));
  const labels = await world.ask((sql) =>
    labelsForItems(
      sql,
      teamId,
      version!.id,
      bags.map(({ id }) => id),
    ),
  );
  expect(labels.map((label) => label!.classValues![1])).toEqual(names.map((_, index) => index % 2));
  const [split] = await world.ask((sql) => listSplits(sql, teamId, made.bagDatasetId!));
  const folds = await world.ask((sql) => splitItems(sql, teamId, split!.id));
  const foldOf = new Map(folds.map(({ itemId, fold }) => [itemId, fold]));
  expect(bags.map(({ id }) => foldOf.get(id))).toEqual(
    names.map((_, index) => ["train", "validation", "test"][index % 3]),
  );
}, 180_000); // TensorFlow in two processes

it("says of each slide why it has no tiles, and can be cancelled", async () => {
  const coarse = await ended(await ask({ kind: "tiles", rule: { ...rule, micronsPerPixel: 0.2 } }));
  expect(coarse.state).toBe("succeeded");
  const errors = (await resultsOf(coarse.id)).map(({ error, sha256 }) => [error, sha256]);
  expect(errors).toEqual(names.map(() => [expect.stringMatching(/finer than the slide, which has 0\.5/), null]));

  const cancelled = await ask({ kind: "tiles", rule: { ...rule, overlap: 60 } });
  await world.ask((sql) => cancelSlideJob(sql, world.database.teamId, cancelled.id));
  expect((await job(cancelled.id)).state).toBe("cancelled");
});
