/** @file Slides into a dataset: what is kept of a file, what is not, and what its table says. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blobsBySha } from "@tessera/store/blobs";
import { forgetFilms } from "@tessera/store/imports";
import { slidesByItems } from "@tessera/store/slides";
import { afterAll, beforeAll, expect, it } from "vitest";
import { hasWsiSmall, writeSmallSlide, wsiSmall } from "../support/slides.ts";
import { type ImportWorld, importWorld } from "./support/importWorld.ts";

let world: ImportWorld;
let work: string;
let slide: Buffer;
beforeAll(async () => {
  world = await importWorld();
  work = mkdtempSync(join(tmpdir(), "tessera-import-slides-"));
  await writeSmallSlide(join(work, "made.tif"));
  slide = readFileSync(join(work, "made.tif"));
});
afterAll(async () => {
  await world.close();
  rmSync(work, { recursive: true, force: true });
});

it("takes in slides with their table, and refuses the bad ones by name", async () => {
  const table = "slide,subject,class\nmade,s1,tumour\ncut.tif,s2,normal\nrenamed,s3,normal\n";
  const folder = {
    "set/labels.csv": Buffer.from(table),
    "set/made.tif": slide,
    "set/cut.tif": slide.subarray(0, slide.length - 500),
    "set/renamed.svs": slide,
  };
  const taken = await world.take("slides", folderOf(folder));
  expect(taken.codes).toEqual({ "set/cut.tif": "UNREADABLE", "set/renamed.svs": "WRONG_TYPE", "": "NO_SPLIT" });
  expect(taken.problems.find(({ path }) => path === "set/cut.tif")!.message).toMatch(/truncated/);
  expect(taken.items).toMatchObject([
    { kind: "slide", name: "made", subject: "s1", subjectKnown: true, width: 1600, height: 1200, spacingMm: 0.0005 },
  ]);
  expect(taken.version).toMatchObject({ items: 1 });
  const [facts] = await world.ask((sql) => slidesByItems(sql, world.database.teamId, [taken.items[0]!.id]));
  expect(facts).toMatchObject({
    format: "generic-tiff",
    micronsX: 0.5,
    micronsY: 0.5,
    scaleOf: "file",
    magnification: null,
  });
  expect(facts!.levels).toEqual([
    { width: 1600, height: 1200, downsample: 1 },
    { width: 800, height: 600, downsample: 2 },
  ]);
  expect(
    (await world.objects.read(world.database.teamId, taken.items[0]!.thumbnailSha256)).subarray(0, 2).toString("hex"),
  ).toBe("ffd8");

  const again = await world.take("slides", folderOf({ "made.tif": slide }), { datasetId: taken.datasetId });
  expect(again.counts).toMatchObject({ added: 0, duplicates: 1 }); // without a table, too
});

it.runIf(hasWsiSmall)("keeps no label of a real slide, and forgets the file that had it", async () => {
  const { teamId, db } = world.database;
  const original = readFileSync(`${wsiSmall}/cmu-1-small-region.svs`);
  const kidney = readFileSync(`${wsiSmall}/kidney-48-5.tif`);
  const table = "slide,mpp,class\ncmu,,a\nkidney,0.45,b\n";
  const taken = await world.take(
    "slides",
    folderOf({
      "labels.csv": Buffer.from(table),
      "cmu.svs": original,
      "kidney.tif": kidney,
    }),
  );
  expect(taken.problems.map(({ code }) => code)).toEqual(["NO_SPLIT"]);
  const [cmu, plain] = taken.items;
  expect(cmu).toMatchObject({ name: "cmu", width: 2220, height: 2967, spacingMm: 0.000499 });
  const kept = await world.objects.read(teamId, cmu!.sha256);
  expect([original.includes("CPAPERIOCS"), kept.includes("CPAPERIOCS")]).toEqual([true, false]);
  const facts = await world.ask((sql) => slidesByItems(sql, teamId, [cmu!.id, plain!.id]));
  expect(facts).toMatchObject([
    { format: "aperio", magnification: 20, scaleOf: "file" },
    { format: "picture", micronsX: 0.45, scaleOf: "table" },
  ]);

  await world.database.owner`update imports set state = 'succeeded', finished_at = now() where team_id = ${teamId}`;
  const gone = await forgetFilms(db, teamId);
  const left = await world.ask((sql) => blobsBySha(sql, teamId, [...gone, cmu!.sha256, plain!.sha256]));
  expect(left.map((blob) => blob !== null)).toEqual([...gone.map(() => false), true, true]);
  expect(gone).toContain(await shaOf(original));
});

it("keeps a file as it is where the table says that it names nobody", async () => {
  const table = "slide,deidentified,class\nmade,yes,a\n";
  const taken = await world.take(
    "slides",
    folderOf({ "labels.csv": Buffer.from(`${table}other,no,b\n`), "made.tif": slide }),
  );
  expect(taken.items.map(({ sha256 }) => sha256)).toEqual([await shaOf(slide)]);
  expect(taken.codes).toMatchObject({ other: "MISSING_FILE" });
});

const folderOf = (files: Record<string, Buffer>) => new Map(Object.entries(files));
const shaOf = async (bytes: Buffer) => (await world.objects.put(world.database.teamId, bytes)).sha256;
