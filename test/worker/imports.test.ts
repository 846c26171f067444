import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DomainError } from "@tessera/domain/errors";
import { type Imaging, openImaging } from "@tessera/imaging/client";
import { openObjects } from "@tessera/objects/localObjects";
import type { Objects } from "@tessera/objects/objects";
import { annotationsByItems } from "@tessera/store/annotations";
import { createDataset } from "@tessera/store/datasets";
import { createImport, type Import, type ImportFile, importProblems, importsByIds } from "@tessera/store/imports";
import { listItems } from "@tessera/store/items";
import { listLabelVersions, verifyChain } from "@tessera/store/labelVersions";
import { ensureProject } from "@tessera/store/projects";
import { foldCounts, listSplits } from "@tessera/store/splits";
import { importFiles } from "@tessera/worker/imports/importFiles";
import type { WorkerEvent } from "@tessera/worker/options";
import { startSupervisor } from "@tessera/worker/supervisor";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { forkSupervisor } from "./support/forkSupervisor.ts";
import { discFolder, type Folder, nameOf, size, upload } from "./support/kvasirFolder.ts";

let database: TestDatabase;
let directory: string;
let objects: Objects;
let imaging: Imaging;
let discs: Folder;
let datasets = 0;

beforeAll(async () => {
  database = await testDatabase();
  directory = mkdtempSync(join(tmpdir(), "tessera-import-"));
  objects = openObjects({ directory: join(directory, "objects") });
  imaging = openImaging();
  discs = await discFolder(imaging, 12);
});
afterAll(async () => {
  await imaging.close();
  await database.close();
  rmSync(directory, { recursive: true, force: true });
});

type Query<T> = Parameters<typeof database.db.asTeam<T>>[1];
const ask = <T>(query: Query<T>) => database.db.asTeam(database.teamId, query);

const newDataset = () =>
  ask(async (sql) => {
    const { teamId } = database;
    const { id: projectId } = await ensureProject(sql, teamId, "Imports");
    return (await createDataset(sql, teamId, { projectId, name: `Discs ${++datasets}`, modality: "endoscopy" })).id;
  });

async function queueImport(datasetId: string, folder: Folder, reader = "centre"): Promise<string> {
  const { db, teamId } = database;
  const files = await upload(folder, objects, db, teamId);
  return (await ask((sql) => createImport(sql, teamId, { datasetId, layout: "kvasir-seg", reader, files }))).id;
}

const read = async (id: string): Promise<Import> => (await ask((sql) => importsByIds(sql, database.teamId, [id])))[0]!;

async function ended(id: string): Promise<Import> {
  for (;;) {
    const now = await read(id);
    if (!["queued", "running"].includes(now.state)) return now;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const options = (observe: (event: WorkerEvent) => void = () => undefined, store = objects) => ({
  database: database.db,
  teamId: database.teamId,
  objects: store,
  objectsDirectory: join(directory, "objects"),
  spoolDirectory: join(directory, "spool"),
  name: "importer",
  device: "cpu",
  version: "test",
  maxThreads: null,
  checkpointEverySteps: null,
  observe,
});

/** Imports with a real supervisor, to the end. */
async function runImport(datasetId: string, folder: Folder, reader?: string): Promise<Import> {
  const id = await queueImport(datasetId, folder, reader);
  const supervisor = await startSupervisor(options());
  const done = await ended(id);
  await supervisor.stop();
  return done;
}

const problemsOf = async (id: string) =>
  Object.fromEntries(
    (await ask((sql) => importProblems(sql, database.teamId, id))).rows.map(({ path, code }) => [path, code]),
  );

/** All that an import leaves in a dataset. */
const contents = (datasetId: string) =>
  ask(async (sql) => {
    const { teamId } = database;
    const { rows: items } = await listItems(sql, teamId, { datasetId });
    const annotations = await annotationsByItems(
      sql,
      teamId,
      items.map(({ id }) => id),
    );
    const versions = await listLabelVersions(sql, teamId, datasetId);
    const splits = await listSplits(sql, teamId, datasetId);
    const folds = await foldCounts(
      sql,
      teamId,
      splits.map(({ id }) => id),
    );
    return { items, annotations, versions, splits, folds, chain: await verifyChain(sql, teamId, datasetId) };
  });

describe("a good folder", () => {
  it("becomes items, annotations, a label version and a split by subject; again, it adds nothing", async () => {
    const datasetId = await newDataset();
    const first = await runImport(datasetId, discs);
    expect(first).toMatchObject({
      state: "succeeded",
      total: 12,
      done: 12,
      added: 12,
      duplicates: 0,
      refused: 0,
      error: null,
    });
    const { items, annotations, versions, splits, folds, chain } = await contents(datasetId);
    expect(items.map(({ name }) => name)).toEqual(Array.from({ length: 12 }, (_, i) => nameOf(i)));
    expect(items[0]).toMatchObject({ width: size, height: size, subject: nameOf(0), subjectKnown: false });
    expect(annotations.every((each) => each.length === 1)).toBe(true);
    const { sha256 } = items[0]!;
    expect(await objects.read(database.teamId, sha256)).toEqual(discs.get(`images/${nameOf(0)}.jpg`));
    const mask = await imaging.mask(await objects.read(database.teamId, annotations[0]![0]!.maskSha256!));
    expect(annotations[0]![0]).toMatchObject({
      reader: "centre",
      regionPixels: [mask.regionPixels],
      components: [1],
      boxes: null,
    });
    expect(versions).toHaveLength(1);
    expect(versions[0]).toMatchObject({ number: 1, items: 12, rule: expect.stringContaining("luminance above 127") });
    expect(chain).toEqual({ ok: true });
    expect(splits).toMatchObject([{ name: "by subject", subjectsKnown: false }]);
    expect(folds[0]!.train + folds[0]!.validation + folds[0]!.test).toBe(12);
    expect([first.labelVersionId, first.splitId]).toEqual([versions[0]!.id, splits[0]!.id]);

    const second = await runImport(datasetId, discs);
    expect(second).toMatchObject({
      state: "succeeded",
      added: 0,
      duplicates: 12,
      labelVersionId: versions[0]!.id,
      splitId: splits[0]!.id,
    });
    expect(await contents(datasetId)).toEqual({ items, annotations, versions, splits, folds, chain });
  });

  it("with more items later: a second label version with its parent, and a second split", async () => {
    const datasetId = await newDataset();
    await runImport(datasetId, new Map([...discs].filter(([path]) => !path.includes("disc-1"))));
    const { state, added, duplicates } = await runImport(datasetId, discs);
    expect({ state, added, duplicates }).toEqual({ state: "succeeded", added: 2, duplicates: 10 });
    const { versions, splits } = await contents(datasetId);
    expect(versions.map(({ items }) => items)).toEqual([10, 12]);
    expect(versions[1]!.parentId).toBe(versions[0]!.id);
    expect(splits.map(({ name }) => name).sort()).toEqual(["by subject", "by subject, 2"]);
  });

  it("with lists, subjects and boxes: the official split, known subjects, boxes kept", async () => {
    const datasetId = await newDataset();
    const names = Array.from({ length: 12 }, (_, i) => nameOf(i));
    const folder = new Map(discs);
    folder.set("train.txt", Buffer.from(names.slice(0, 8).join("\n")));
    folder.set("val.txt", Buffer.from(names.slice(8, 10).join("\n")));
    folder.set("test.txt", Buffer.from(names.slice(10).join("\n")));
    folder.set("subjects.csv", Buffer.from(`name,subject\n${names.map((name, i) => `${name},p${i}`).join("\n")}`));
    const box = { label: "polyp", xmin: 1, ymin: 2, xmax: 30, ymax: 40 };
    folder.set(
      "kavsir_bboxes.json",
      Buffer.from(JSON.stringify({ [nameOf(3)]: { height: size, width: size, bbox: [box] } })),
    );
    const { id, refused } = await runImport(datasetId, folder);
    expect(refused).toBe(0);
    expect(await problemsOf(id)).toEqual({});
    const { items, annotations, splits, folds } = await contents(datasetId);
    expect(splits).toMatchObject([{ name: "official", subjectsKnown: true }]);
    expect(folds).toMatchObject([{ train: 8, validation: 2, test: 2 }]);
    expect(items[5]).toMatchObject({ subject: "p5", subjectKnown: true });
    expect(annotations[3]![0]!.boxes).toEqual([box]);
  });

  it("whose lists put one subject into two folds gets a split by subject instead, and says so", async () => {
    const datasetId = await newDataset();
    const names = Array.from({ length: 12 }, (_, i) => nameOf(i));
    const folder = new Map(discs);
    folder.set("train.txt", Buffer.from(names.slice(0, 9).join("\n")));
    folder.set("test.txt", Buffer.from(names.slice(9).join("\n")));
    folder.set("val.txt", Buffer.from(""));
    folder.set("subjects.csv", Buffer.from(`name,subject\n${names.map((name, i) => `${name},p${i % 6}`).join("\n")}`));
    const { id, state } = await runImport(datasetId, folder);
    expect(state).toBe("succeeded");
    expect(await problemsOf(id)).toEqual({ "train.txt": "BAD_LIST" });
    expect((await contents(datasetId)).splits).toMatchObject([{ name: "by subject", subjectsKnown: true }]);
  });
});

describe("bad files", () => {
  it("are refused by name and reason, and the rest goes in", async () => {
    const folder = new Map(discs);
    const image = (index: number) => `images/${nameOf(index)}.jpg`;
    const mask = (index: number) => `masks/${nameOf(index)}.jpg`;
    const take = (path: string) => folder.get(path)!;
    folder.set(image(0), take(image(0)).subarray(0, take(image(0)).length / 2));
    const [swappedImage, swappedMask] = [take(image(1)), take(mask(1))];
    folder.set(image(1), swappedMask).set(mask(1), swappedImage);
    folder.set(mask(2), take(image(2))); // a photograph as mask
    folder.set(image(3), take(mask(4))); // a mask as photograph
    const small = await imaging.encodeImage(new Uint8Array(20 * 20 * 3).fill(255), 20, 20, "jpeg");
    folder.set(mask(5), Buffer.from(small));
    folder.set(image(6), Buffer.alloc(0));
    folder.set(image(7), Buffer.from("GIF89a, but called .jpg"));
    folder.delete(mask(8));
    folder.set("notes.xls", Buffer.from("?"));

    const datasetId = await newDataset();
    const done = await runImport(datasetId, folder);
    expect(await problemsOf(done.id)).toEqual({
      [image(0)]: "TRUNCATED",
      [image(1)]: "SWAPPED",
      [mask(2)]: "NOT_A_MASK",
      [image(3)]: "IMAGE_IS_MASK",
      [mask(5)]: "SIZE_MISMATCH",
      [image(6)]: "EMPTY_FILE",
      [image(7)]: "WRONG_TYPE",
      [image(8)]: "NO_MASK",
      "notes.xls": "UNUSED_FILE",
    });
    expect(done).toMatchObject({ state: "succeeded", total: 11, done: 11, added: 4, refused: 8 });
    const { rows } = await ask((sql) => importProblems(sql, database.teamId, done.id));
    expect(rows.find(({ code }) => code === "SIZE_MISMATCH")!.message).toMatch(/20x20 .* 48x48/);
    expect((await contents(datasetId)).items).toHaveLength(4);
  });

  it("only: the import fails, and says where to look", async () => {
    const folder = new Map([...discs].filter(([path]) => path.startsWith("images/")));
    const done = await runImport(await newDataset(), folder);
    expect(done).toMatchObject({
      state: "failed",
      refused: 12,
      error: expect.stringContaining("list of refused files"),
    });
  });

  it("a name that another file of the dataset has is refused", async () => {
    const datasetId = await newDataset();
    await runImport(datasetId, discs);
    const other = new Map([
      [`images/${nameOf(0)}.jpg`, discs.get(`images/${nameOf(1)}.jpg`)!.subarray()],
      [`masks/${nameOf(0)}.jpg`, discs.get(`masks/${nameOf(1)}.jpg`)!],
      [
        "images/new.jpg",
        Buffer.from(await imaging.encodeImage(new Uint8Array(size * size * 3).fill(99), size, size, "jpeg")),
      ],
      ["masks/new.jpg", discs.get(`masks/${nameOf(1)}.jpg`)!],
    ]);
    const renamed = new Map(other);
    const brighter = await imaging.encodeImage(new Uint8Array(size * size * 3).fill(120), size, size, "jpeg");
    renamed.set(`images/${nameOf(0)}.jpg`, Buffer.from(brighter));
    const done = await runImport(datasetId, renamed);
    expect(await problemsOf(done.id)).toEqual({ [`images/${nameOf(0)}.jpg`]: "NAME_TAKEN" });
    expect(done).toMatchObject({ added: 1, duplicates: 0, refused: 1 });
  });
});

describe("an import that is cut off", () => {
  it("by kill -9 of its worker: another worker finishes it, and nothing is doubled", async () => {
    const datasetId = await newDataset();
    const id = await queueImport(datasetId, discs);
    const { connection, teamId } = database;
    const killed = forkSupervisor({
      connection,
      teamId,
      objectsDirectory: join(directory, "objects"),
      spoolDirectory: join(directory, "spool"),
      dieAt: { type: "importClaimed", count: 1 },
    });
    expect(await killed.gone).toBe("SIGKILL");
    expect(await read(id)).toMatchObject({ state: "running", attempt: 1 });
    await database.owner`update imports set lease_until = clock_timestamp() - interval '1 s' where id = ${id}`;
    const supervisor = await startSupervisor(options());
    expect(await ended(id)).toMatchObject({ state: "succeeded", attempt: 2, added: 12, duplicates: 0 });
    await supervisor.stop();
    expect((await contents(datasetId)).items).toHaveLength(12);
  });

  it.each([
    { after: "the first batch is stored", reports: 1 },
    { after: "everything is stored but the end", reports: 2 },
  ])("after $after: the next attempt counts right and doubles nothing", async ({ reports }) => {
    const datasetId = await newDataset();
    const id = await queueImport(datasetId, discs);
    const { db, teamId, owner } = database;
    const [{ files }] = await owner<[{ files: ImportFile[] }]>`select files from imports where id = ${id}`;
    const claimed = {
      id,
      attempt: 0,
      datasetId,
      layout: "kvasir-seg",
      reader: "centre",
      intensityWindow: null,
      files,
      total: 0,
      done: 0,
    } as const;
    let told = 0;
    const cut = importFiles({
      database: db,
      objects,
      teamId,
      claimed,
      report: async () => {
        if (++told > reports) throw new Error("cut");
      },
    });
    if (reports === 1) await expect(cut).rejects.toThrow("cut");
    else await cut;
    const before = await contents(datasetId);
    const supervisor = await startSupervisor(options());
    expect(await ended(id)).toMatchObject({ state: "succeeded", added: 12, duplicates: 0 });
    await supervisor.stop();
    const { items, annotations, versions, splits } = await contents(datasetId);
    expect(items).toEqual(before.items);
    expect(annotations).toEqual(before.annotations);
    expect([versions.length, splits.length]).toEqual([1, 1]);
  });

  it("by a graceful stop of its worker: given back at once, for the next one to finish", async () => {
    const id = await queueImport(await newDataset(), discs);
    const stopped: { now?: Promise<void> } = {};
    const first = await startSupervisor(
      options((event) => {
        if (event.type === "importClaimed") stopped.now = Promise.resolve().then(() => first.stop());
      }),
    );
    while (!stopped.now) await new Promise((resolve) => setTimeout(resolve, 10));
    await stopped.now;
    expect(await read(id)).toMatchObject({ state: "queued", attempt: 1 });
    const second = await startSupervisor(options());
    expect(await ended(id)).toMatchObject({ state: "succeeded", attempt: 2, added: 12 });
    await second.stop();
  });

  it("by something that passes, as no memory for a decoder: no file is refused, and it is tried again", async () => {
    const id = await queueImport(await newDataset(), discs);
    let away = true;
    const failing: Objects = Object.assign(Object.create(objects), {
      read(...args: Parameters<Objects["read"]>) {
        if (!away) return objects.read(...args);
        away = false;
        return Promise.reject(new DomainError("UNAVAILABLE", "killed twice"));
      },
    });
    let over = 0;
    const supervisor = await startSupervisor(
      options((event) => {
        if (event.type === "importEnded") over++;
      }, failing),
    );
    while (over === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await read(id)).toMatchObject({ state: "running", refused: 0 });
    await database.owner`update imports set lease_until = clock_timestamp() - interval '1 s' where id = ${id}`;
    expect(await ended(id)).toMatchObject({ state: "succeeded", attempt: 2, added: 12, refused: 0 });
    await supervisor.stop();
  });

  it("by its cancel, seen at the next report", async () => {
    const datasetId = await newDataset();
    const id = await queueImport(datasetId, discs);
    await database.owner`update imports set cancel_requested = true where id = ${id}`; // as if asked right after the claim
    const supervisor = await startSupervisor(options());
    expect(await ended(id)).toMatchObject({ state: "cancelled", labelVersionId: null });
    await supervisor.stop();
    expect((await contents(datasetId)).versions).toEqual([]);
  });
});
