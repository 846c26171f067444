/** @file A run as the encoder of tiles: trained here, used by a real worker, killed between two slides. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeBag } from "@tessera/domain/bags/npy";
import { type ClassificationConfiguration, classificationDefaults } from "@tessera/domain/configuration/classification";
import { decodeManifest } from "@tessera/domain/slides/manifest";
import type { EncoderRun, SlideRequest } from "@tessera/domain/slides/request";
import { usualTileRule } from "@tessera/domain/slides/tileRule";
import { openImaging } from "@tessera/imaging/client";
import { openSlides } from "@tessera/imaging/slides/client";
import { encoderRun, encoderRuns } from "@tessera/store/encoderRuns";
import { createExperiment } from "@tessera/store/experiments";
import { listItems } from "@tessera/store/items";
import { ensureProject } from "@tessera/store/projects";
import { listRuns, runsByIds } from "@tessera/store/runs";
import { allSlideResults, createSlideJob, type SlideJob, slideJobsByIds } from "@tessera/store/slideJobs";
import { subjectOverlap } from "@tessera/store/subjectOverlap";
import { shapePicture } from "@tessera/synthetic/shapes";
import { runEncoder } from "@tessera/training/tileEncoder";
import type { SupervisorOptions } from "@tessera/worker/options";
import { type Supervisor, startSupervisor } from "@tessera/worker/supervisor";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writeSmallSlide } from "../support/slides.ts";
import { forkSupervisor } from "./support/forkSupervisor.ts";
import { type ImportWorld, importWorld } from "./support/importWorld.ts";

const size = 24;
const configuration: ClassificationConfiguration = {
  ...classificationDefaults,
  model: { family: "resnet", size, channels: 3, baseFilters: 6, blocks: [1, 1], stem: "3x3" },
  batchSize: 8,
  epochs: 2,
  threads: 1,
};
const names = ["a", "b", "c"];
const cell = 112;
const rule = { ...usualTileRule, size: 64, micronsPerPixel: (0.5 * cell) / 64, leastTissue: 0.8, leastSharpness: 0 };
/** Tiles that a child encodes at a time (src/training/tileEncoder.ts). */
const atOnce = 32;

let world: ImportWorld;
let work: string;
let supervisor: Supervisor | undefined;
let slidesId: string;
let tiles: SlideJob;
let trained: { readonly id: string; readonly splitId: string };
let run: EncoderRun;

beforeAll(async () => {
  world = await importWorld();
  work = mkdtempSync(join(tmpdir(), "tessera-run-encoder-"));
  trained = await queueRun();
  await supervise();
  slidesId = await importSlides();
  tiles = await ended(await ask({ kind: "tiles", rule }));
  for (let state = "queued"; state !== "succeeded"; ) {
    const [row] = await world.ask((sql) => runsByIds(sql, world.database.teamId, [trained.id]));
    if (row!.state === "failed") throw new Error(row!.error!);
    state = row!.state;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await supervisor!.stop();
  supervisor = undefined;
  run = (await world.ask((sql) => encoderRun(sql, world.database.teamId, trained.id)))!;
}, 300_000);
afterAll(async () => {
  await supervisor?.stop();
  await world.close();
  rmSync(work, { recursive: true, force: true });
});

async function queueRun() {
  const imaging = openImaging({ processes: 1 });
  const folder = new Map<string, Buffer>();
  const lines = ["item,patient,fold,class"];
  for (let index = 0; index < 40; index++) {
    const shape = index % 2 === 0 ? "ring" : "square";
    const rgb = shapePicture(5, index, [shape], size);
    folder.set(`${index}.png`, Buffer.from(await imaging.encodeImage(rgb, size, size, "png")));
    const fold = index < 28 ? "train" : index < 34 ? "val" : "test";
    lines.push(`${index}.png,s${index},${fold},${shape}`); // s0 is a slide's subject, too, and s39 another one's
  }
  await imaging.close();
  folder.set("labels.csv", Buffer.from(lines.join("\n")));
  const { datasetId, version, splitId } = await world.take("class-csv", folder);
  const { teamId, userId } = world.database;
  const id = await world.ask(async (sql) => {
    const { id: projectId } = await ensureProject(sql, teamId, "Layouts");
    const experiment = await createExperiment(sql, teamId, {
      ...{ projectId, datasetId, labelVersionId: version.id, splitId: splitId!, name: "tiles", question: "" },
      ...{ base: { ...configuration }, arms: [{ name: "arm", changes: {} }], seeds: [1], equivalenceMargin: null },
      ...{ createdBy: userId, codeCommit: "test" },
      runs: [{ arm: "arm", seed: 1, configuration: { ...configuration }, startingRunId: null, name: "run" }],
    });
    return (await listRuns(sql, teamId, { experimentId: experiment.id })).rows[0]!.id;
  });
  return { id, splitId: splitId! };
}

async function importSlides(): Promise<string> {
  const folder = new Map<string, Buffer>();
  for (const [index, name] of names.entries()) {
    await writeSmallSlide(join(work, `${name}.tif`), { width: 1008, height: 900, seed: index });
    folder.set(`${name}.tif`, readFileSync(join(work, `${name}.tif`)));
  }
  folder.set("labels.csv", Buffer.from("slide,subject,fold,class\na,s0,train,n\nb,s39,val,t\nc,s30,test,n\n"));
  return (await world.take("slides", folder)).datasetId;
}

const options = (): SupervisorOptions => ({
  ...{ database: world.database.db, teamId: world.database.teamId, objects: world.objects, name: "worker" },
  ...{ objectsDirectory: world.directory, spoolDirectory: join(work, "spool"), device: "cpu", version: "test" },
  ...{ maxThreads: 1, checkpointEverySteps: 5, observe: () => undefined },
});
async function supervise(): Promise<void> {
  supervisor = await startSupervisor(options());
}
const ask = (request: SlideRequest) =>
  world.ask((sql) =>
    createSlideJob(sql, world.database.teamId, { datasetId: slidesId, request, createdBy: world.database.userId }),
  );
const features = (name: string) =>
  ask({ kind: "features", tilesJobId: tiles.id, weightsId: null, run, labelVersionId: null, name });
async function ended({ id }: SlideJob): Promise<SlideJob> {
  for (;;) {
    const [now] = await world.ask((sql) => slideJobsByIds(sql, world.database.teamId, [id]));
    if (now!.state !== "queued" && now!.state !== "running") return now!;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const resultsOf = (id: string) => world.ask((sql) => allSlideResults(sql, world.database.teamId, id));
const itemsOf = async (datasetId: string) =>
  (await world.ask((sql) => listItems(sql, world.database.teamId, { datasetId }))).rows;

it("encodes every tile at the run's own size, and goes on after a kill with the same bags", async () => {
  const { teamId, owner } = world.database;
  expect(tiles).toMatchObject({ state: "succeeded", error: null });
  const list = await world.ask((sql) => encoderRuns(sql, teamId));
  expect(list.map(({ id }) => id)).toEqual([trained.id]);

  await supervise();
  const whole = await ended(await features("whole"));
  await supervisor!.stop();
  supervisor = undefined;
  expect([whole.state, whole.error, whole.done, whole.tiles]).toEqual(["succeeded", null, 3, tiles.tiles]);
  const bags = await itemsOf(whole.bagDatasetId!);
  expect(bags.map(({ kind, name, subject, width }) => [kind, name, subject, width])).toEqual([
    ["bag", "a", "s0", 12],
    ["bag", "b", "s39", 12],
    ["bag", "c", "s30", 12],
  ]);

  // One tile, read at the run's size and encoded here.
  const cut = await resultsOf(tiles.id);
  const made = await resultsOf(whole.id);
  const ofB = made.find(({ bagItemId }) => bagItemId === bags[1]!.id)!;
  const manifest = decodeManifest(
    await world.objects.read(teamId, cut.find(({ itemId }) => itemId === ofB.itemId)!.sha256!),
  );
  const readers = openSlides({ processes: 1 });
  const { x, y } = manifest.tiles;
  const pixels = await readers.tiles(
    { path: join(work, "b.tif"), name: "b.tif" },
    { x: [x.at(-1)!], y: [y.at(-1)!], extent: manifest.extent, size },
  );
  await readers.close();
  const encoder = await runEncoder(await world.objects.read(teamId, run.checkpointSha256), 1);
  const expected = await encoder.encode(pixels, 1);
  const bag = decodeBag(await world.objects.read(teamId, bags[1]!.sha256));
  expect([bag.tiles, bag.features]).toEqual([x.length, 12]);
  const own = bag.values.slice(-12);
  expect(Math.max(...own.map((value, at) => Math.abs(value - expected[at]!)))).toBeLessThan(1e-4);
  expect(Math.max(...expected)).toBeGreaterThan(0.01);

  // Killed in the second slide: its first event, an event a batch of the first slide, one at its end, and one of the second.
  const tilesOfA = made.find(({ bagItemId }) => bagItemId === bags[0]!.id)!.tiles;
  const job = await features("killed");
  const dying = forkSupervisor({
    ...{ connection: world.database.connection, teamId, objectsDirectory: world.directory },
    ...{ spoolDirectory: join(work, "dying"), dieAt: { type: "slides", count: 3 + Math.ceil(tilesOfA / atOnce) } },
  });
  expect(await dying.gone).toBe("SIGKILL");
  const before = await resultsOf(job.id);
  expect(before).toHaveLength(1);
  await owner`update slide_jobs set lease_until = clock_timestamp() where id = ${job.id}`;
  await supervise();
  const resumed = await ended(job);
  expect([resumed.state, resumed.error, resumed.done, resumed.tiles]).toEqual(["succeeded", null, 3, tiles.tiles]);
  expect(resumed.bagDatasetId).not.toBe(whole.bagDatasetId);
  const after = await resultsOf(job.id);
  expect(after.filter(({ itemId }) => itemId === before[0]!.itemId)).toEqual(before);
  expect((await itemsOf(resumed.bagDatasetId!)).map(({ name, sha256 }) => [name, sha256])).toEqual(
    bags.map(({ name, sha256 }) => [name, sha256]),
  );
}, 300_000);

it("says which subjects of the slides the run has learnt from", async () => {
  const { teamId, owner } = world.database;
  const overlap = () =>
    world.ask((sql) => subjectOverlap(sql, teamId, { datasetId: slidesId, splitIds: [trained.splitId] }));
  // s39 was in the run's test fold alone; s30 chose its checkpoint, and is tested by the slides.
  expect(await overlap()).toEqual({
    shared: [
      { subject: "s0", tested: false },
      { subject: "s30", tested: true },
    ],
    unknown: 0,
  });
  await owner`update items set subject_known = false where team_id = ${teamId} and subject = 's0'`;
  expect(await overlap()).toEqual({ shared: [{ subject: "s30", tested: true }], unknown: 2 });
});

it("says that the net is gone where its checkpoint is", async () => {
  const missing = { ...run, checkpointSha256: "0".repeat(64) };
  const request = { kind: "features", tilesJobId: tiles.id, weightsId: null, run: missing, labelVersionId: null, name: "n" } as const; // biome-ignore format: short
  if (supervisor === undefined) await supervise();
  const failed = await ended(await ask(request));
  expect([failed.state, failed.error]).toEqual([
    "failed",
    expect.stringMatching(/files of the net are gone; choose another/),
  ]);
});
