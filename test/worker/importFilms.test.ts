import { readFileSync } from "node:fs";
import { blobsBySha } from "@tessera/store/blobs";
import { claimImport, createImport, importProblems, importsByIds } from "@tessera/store/imports";
import { itemsByIds, listItems } from "@tessera/store/items";
import { registerWorker } from "@tessera/store/workers";
import { runImport } from "@tessera/worker/imports/runImport";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ImportWorld, importWorld } from "./support/importWorld.ts";
import { type Folder, upload } from "./support/kvasirFolder.ts";

let world: ImportWorld;
beforeAll(async () => {
  world = await importWorld();
});
afterAll(() => world.close());

const text = readFileSync(new URL("../imaging/fixtures/dicomFilms.json", import.meta.url), "utf8");
const { films } = JSON.parse(text) as { films: { name: string; file: string }[] };
const film = (name: string) => Buffer.from(films.find((each) => each.name === name)!.file, "base64");
const folder = (): Folder =>
  new Map([
    ["f/a.dcm", film("8 bits, several windows")],
    ["f/b.dcm", film("MONOCHROME1")],
    ["f/c.dcm", film("JPEG 2000")],
  ]);

describe("films", () => {
  it("become pictures without their tags, with classes, subjects and folds of the table", async () => {
    const files = folder().set("f/broken.dcm", film("JPEG-LS").subarray(0, -60));
    const lines = [
      "item,subject,fold,mass",
      "a,p1,train,1",
      "b,,val,0",
      "c.dcm,p3,test,",
      "d,p4,test,1",
      "broken,p5,test,1",
    ];
    files.set("f/labels.csv", Buffer.from(lines.join("\n")));
    const taken = await world.take("dicom", files);
    expect(taken.codes).toMatchObject({ "f/c.dcm": "NO_CLASS", d: "MISSING_FILE" });
    expect(Object.keys(taken.codes)).toContain("f/broken.dcm");
    expect(taken.schema).toMatchObject({ task: "classification", classes: ["mass"], exclusive: false });
    expect(taken.annotations.map(({ classValues }) => classValues)).toEqual([[1], [0]]);
    const [a, b] = taken.items;
    expect([a!.name, a!.subject, a!.width, a!.height, a!.subjectKnown]).toEqual(["a", "p1", 18, 13, true]);
    expect(b!.subject).toMatch(/^patient [0-9a-f]{16}$/);
    const picture = await world.objects.read(world.database.teamId, a!.sha256);
    expect(await sharp(picture).metadata()).toMatchObject({ format: "png", width: 18, height: 13 });
    expect(picture.includes("Planted")).toBe(false);
  });

  it("without a table become items without labels, one subject per patient, another one in another data set", async () => {
    const { objects, database, ask } = world;
    const { teamId } = database;
    const subjects: string[] = [];
    await database.owner`update imports set state = 'succeeded'`; // that of the test above was never claimed
    for (const _ of [1, 2]) {
      const datasetId = await world.newDataset();
      const files = await upload(folder(), objects, database.db, teamId);
      const { id } = await ask((sql) => createImport(sql, teamId, { datasetId, layout: "dicom", reader: "r", files }));
      const worker = await ask((sql) => registerWorker(sql, teamId, { name: "w", device: "cpu", version: "t" }));
      const claimed = await claimImport(database.db, { teamId, workerId: worker.id, leaseSeconds: 60 });
      const options = { database: database.db, teamId, objects, observe: () => undefined };
      await runImport({ worker: options as never, claimed: claimed!, stopping: new AbortController().signal });
      const [done] = await ask((sql) => importsByIds(sql, teamId, [id]));
      expect(done).toMatchObject({ state: "succeeded", added: 3, refused: 0, labelVersionId: null, splitId: null });
      const problems = await ask((sql) => importProblems(sql, teamId, id));
      expect(problems.rows.map(({ code }) => code)).toEqual(["NO_SPLIT"]); // one patient
      const { rows } = await ask((sql) => listItems(sql, teamId, { datasetId }));
      expect(rows.map(({ name }) => name)).toEqual(["f/a", "f/b", "f/c"]);
      subjects.push(...new Set(rows.map(({ subject }) => subject)));

      // The uploaded files are gone, the pictures made of them are not.
      const shas = files.map(({ sha256 }) => sha256);
      expect(await ask((sql) => blobsBySha(sql, teamId, shas))).toEqual([null, null, null]);
      expect(await Promise.all(shas.map((sha256) => objects.size(teamId, sha256)))).toEqual([null, null, null]);
      const items = await ask((sql) => itemsByIds(sql, teamId, rows.map((row) => row.id))); // biome-ignore format: short
      for (const item of items) expect(await objects.size(teamId, item!.sha256)).toBeGreaterThan(0);
    }
    expect(new Set(subjects).size).toBe(2);
  });
});
