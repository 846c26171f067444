/** @file Files of features into a dataset: bags, their places on slides that are there, and what is said of the rest. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { decodeBag } from "@tessera/domain/bags/npy";
import { decodeManifest } from "@tessera/domain/slides/manifest";
import { bagOrigins } from "@tessera/store/bagOrigins";
import { blobsBySha } from "@tessera/store/blobs";
import { bagPlacesByItems, bagSourcesByItems } from "@tessera/store/importedBags";
import { forgetFilms } from "@tessera/store/imports";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writeSmallSlide } from "../support/slides.ts";
import { type ImportWorld, importWorld } from "./support/importWorld.ts";

const fixtures = JSON.parse(readFileSync("test/imaging/fixtures/features.json", "utf8"));
const unpacked = (packed: string): Buffer => gunzipSync(Buffer.from(packed, "base64"));
const good = (name: string) => unpacked(fixtures.good[name].file);
const bad = (name: string) => unpacked(fixtures.bad[name]);
const folderOf = (files: Record<string, Buffer | string>) =>
  new Map(Object.entries(files).map(([path, bytes]) => [path, Buffer.from(bytes)]));

let world: ImportWorld;
let work: string;
let slide: Buffer;
beforeAll(async () => {
  world = await importWorld();
  work = mkdtempSync(join(tmpdir(), "tessera-import-features-"));
  const path = join(work, "slide.tif");
  await writeSmallSlide(path, { width: 2400, height: 2000 });
  slide = readFileSync(path);
});
afterAll(async () => {
  await world.close();
  rmSync(work, { recursive: true, force: true });
});

const placesOf = (ids: readonly string[]) => world.ask((sql) => bagPlacesByItems(sql, world.database.teamId, ids));

it("takes in what CLAM and TRIDENT wrote with CLAM's table, refuses the rest by name, and finds places once the slide is there", async () => {
  const { teamId } = world.database;
  const table =
    "slide_id,case_id,fold,label\na.svs,p1,train,normal\nb,p2,test,tumour\nc.svs,p3,val,tumour\nd,p4,train,normal\ne,p4,train,normal\nf,p5,train,normal\n";
  const folder = folderOf({
    "set/clam.csv": table,
    "set/h5_files/a.h5": good("clam.h5"),
    "set/patches/a.h5": unpacked(fixtures.patches),
    "set/pt_files/a.pt": "PK",
    "set/h5_files/b.h5": good("trident.h5"),
    "set/h5_files/c.safetensors": good("halves.safetensors"),
    "set/h5_files/d.h5": bad("cut.h5"),
    "set/pt_files/e.pt": "PK",
    "set/patches/x.h5": unpacked(fixtures.patches),
  });
  const taken = await world.take("feature-files", folder);
  const { datasetId } = taken;
  expect(taken.codes).toEqual({
    "set/pt_files/a.pt": "UNUSED_FILE",
    "set/patches/x.h5": "UNUSED_FILE",
    "set/h5_files/a.h5": "NO_PLACES",
    "set/h5_files/b.h5": "NO_PLACES",
    "set/h5_files/c.safetensors": "NO_PLACES",
    "set/h5_files/d.h5": "TRUNCATED",
    "set/pt_files/e.pt": "WRONG_TYPE",
    f: "MISSING_FILE",
  });
  const said = Object.fromEntries(taken.problems.map(({ path, message }) => [path, message]));
  expect(said["set/h5_files/a.h5"]).toMatch(/The team has no slide "a"; import it, or name it in a column "slide"/);
  expect(said["set/h5_files/c.safetensors"]).toMatch(/has no "coords"/);
  expect(taken.counts).toMatchObject({ added: 3, refused: 3 });
  expect(taken.items.map(({ kind, name, subject, width, height }) => [kind, name, subject, width, height])).toEqual([
    ["bag", "a", "p1", 6, 21],
    ["bag", "b", "p2", 6, 21],
    ["bag", "c", "p3", 6, 21],
  ]);
  expect(taken.schema).toMatchObject({ task: "classification", classes: ["normal", "tumour"], exclusive: true });
  expect(taken.folds.map(({ fold }) => fold).sort()).toEqual(["test", "train", "validation"]);
  const ids = taken.items.map(({ id }) => id);
  expect(await placesOf(ids)).toEqual([null, null, null]);
  const sources = await world.ask((sql) => bagSourcesByItems(sql, teamId, ids));
  expect(sources.map((source) => [source!.path, source!.writer, source!.encoder])).toEqual([
    ["set/h5_files/a.h5", null, null],
    ["set/h5_files/b.h5", "trident", "uni_v1"],
    ["set/h5_files/c.safetensors", null, null],
  ]);
  const bag = decodeBag(await world.objects.read(teamId, taken.items[0]!.sha256));
  expect(Buffer.from(bag.values.buffer)).toEqual(Buffer.from(fixtures.good["clam.h5"].values, "base64"));

  // A second import adds nothing, but the places that it now finds: of a.tif by its name, of another by the column.
  const slides = await world.take("slides", folderOf({ "wsi/a.tif": slide }));
  const again = await world.take(
    "feature-files",
    folderOf({
      "set/labels.csv":
        "item,slide,patient,fold,class\na,,p1,train,normal\nb,wsi/a.tif,p2,test,tumour\nc,,p3,val,tumour\n",
      "set/h5_files/a.h5": good("clam.h5"),
      "set/patches/a.h5": unpacked(fixtures.patches),
      "set/h5_files/b.h5": good("trident.h5"),
    }),
    { datasetId },
  );
  expect(again.counts).toMatchObject({ added: 0, duplicates: 3, refused: 0 });
  expect(again.problems).toEqual([]);
  expect(again.version.id).toBe(taken.version.id);
  const places = await placesOf(ids);
  expect(places.map((each) => each?.slideItemId ?? null)).toEqual([slides.items[0]!.id, slides.items[0]!.id, null]);
  const origins = await world.ask((sql) => bagOrigins(sql, teamId, ids)); // what tile maps and the viewer go by
  expect(origins.map((each) => each && [each.slideItemId, each.manifestSha256])).toEqual(
    places.map((each) => each && [each.slideItemId, each.sha256]),
  );
  const manifest = decodeManifest(await world.objects.read(teamId, places[0]!.sha256));
  expect(manifest).toMatchObject({
    slide: { sha256: slides.items[0]!.sha256, width: 2400, height: 2000, micronsPerPixel: { x: 0.5, y: 0.5 } },
    rule: null,
    extent: { x: 448, y: 448 },
    tiles: { x: fixtures.coords.map(([x]: number[]) => x), y: fixtures.coords.map(([, y]: number[]) => y) },
  });
  expect(places[1]!.sha256).toBe(places[0]!.sha256);
});

it("never takes a slide for another: sizes, places and names decide, and what is unclear is said", async () => {
  const small = join(work, "small.tif");
  await writeSmallSlide(small, { width: 1008, height: 900 });
  const other = join(work, "other.tif");
  await writeSmallSlide(other, { width: 2400, height: 2000, seed: 9 });
  await world.take("slides", folderOf({ "one/small.tif": readFileSync(small), "one/twice.tif": slide }));
  await world.take("slides", folderOf({ "two/twice.tif": readFileSync(other) }));
  const taken = await world.take(
    "feature-files",
    folderOf({
      "small.h5": good("trident.h5"),
      "features/small.safetensors": good("floats.safetensors"),
      "twice.h5": good("tridentHalf.hdf5"),
      "clam.h5": good("clam.h5"),
    }),
  );
  const said = Object.fromEntries(taken.problems.map(({ path, message }) => [path, message]));
  expect(said["small.h5"]).toMatch(/is of a slide of 2400 x 2000 pixels, and "small" has 1008 x 900/);
  expect(said["features/small.safetensors"]).toMatch(
    /Row 3 lies at 1344, 0, and the slide "one\/small" has 1008 x 900 pixels/,
  );
  expect(said["twice.h5"]).toMatch(/has 2 slides "twice" \(one\/twice, two\/twice\); say which in a column "slide"/);
  expect(said["clam.h5"]).toMatch(/says how large a tile is .*send CLAM's patches folder, too/);
  expect(await placesOf(taken.items.map(({ id }) => id))).toEqual(taken.items.map(() => null));
  expect(taken.version).toBeUndefined();
});

it("refuses features of another net, and forgets the files when their imports have ended", async () => {
  const { teamId, db, owner } = world.database;
  const first = await world.take("feature-files", folderOf({ "a.h5": good("double.h5") }));
  const folder = folderOf({
    "b.h5": good("integers.h5"),
    "n.h5": bad("nan.h5"),
    "w.h5": unpacked(fixtures.narrow),
  });
  const second = await world.take("feature-files", folder, { datasetId: first.datasetId });
  expect(second.codes).toMatchObject({ "b.h5": "NO_PLACES", "n.h5": "UNREADABLE", "w.h5": "OTHER_WIDTH" });
  expect(second.problems.find(({ path }) => path === "w.h5")!.message).toMatch(/4 features here and 6 in the dataset/);
  await owner`update imports set state = 'succeeded', finished_at = now() where team_id = ${teamId}`;
  const gone = await forgetFilms(db, teamId);
  const { sha256 } = await world.objects.put(teamId, good("double.h5"));
  expect(gone).toContain(sha256);
  const kept = [first.items[0]!.sha256, first.items[0]!.thumbnailSha256];
  const left = await world.ask((sql) => blobsBySha(sql, teamId, [...kept, ...gone]));
  expect(left.map((blob) => blob !== null)).toEqual([true, true, ...gone.map(() => false)]);
});
