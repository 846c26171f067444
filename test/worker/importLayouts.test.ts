import { gzipSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ImportWorld, importWorld } from "./support/importWorld.ts";
import type { Folder } from "./support/kvasirFolder.ts";
import { niftiFile } from "./support/niftiFile.ts";

let world: ImportWorld;
beforeAll(async () => {
  world = await importWorld();
});
afterAll(() => world.close());
const take: ImportWorld["take"] = (...args) => world.take(...args);
const stored: ImportWorld["stored"] = (sha256) => world.stored(sha256);

const photo = (width: number, height: number, shade: number) =>
  sharp(
    Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7 + shade) % 200),
    {
      raw: { width, height, channels: 3 },
    },
  )
    .png()
    .toBuffer();
const grey = (rows: string[], of: (character: string) => number = Number) =>
  sharp(Uint8Array.from(rows.join(""), of), { raw: { width: rows[0]!.length, height: rows.length, channels: 1 } })
    .toColourspace("b-w")
    .png()
    .toBuffer();
const json = (value: unknown) => Buffer.from(JSON.stringify(value));

describe("index masks", () => {
  const folder = async (): Promise<Folder> =>
    new Map([
      ["images/a.png", await photo(4, 3, 1)],
      ["images/b.png", await photo(4, 3, 2)],
      ["images/c.png", await photo(4, 3, 3)],
      ["masks/a.png", await grey(["0012", "0012", "3000"])],
      ["masks/b.png", await grey(["0000", "0000", "0000"])],
      ["masks/c.png", await grey(["1000", "0000", "0001"])],
    ]);

  it("become index maps with counts per class, of numbered classes", async () => {
    const { items, annotations, schema, version, counts, problems } = await take("index-masks", await folder());
    expect(counts).toEqual({ total: 3, done: 3, added: 3, duplicates: 0, refused: 0 });
    expect(problems).toEqual([]);
    expect(items.map(({ name, width, height }) => [name, width, height])).toEqual([["a", 4, 3], ["b", 4, 3], ["c", 4, 3]]); // biome-ignore format: triples
    expect(schema.classes).toEqual(["class 1", "class 2", "class 3"]);
    expect(annotations.map(({ regionPixels, components }) => [regionPixels, components])).toEqual([
      [[2, 2, 1], [1, 1, 1]],
      [[0, 0, 0], [0, 0, 0]],
      [[2, 0, 0], [2, 0, 0]],
    ]); // biome-ignore format: pairs
    expect(await stored(annotations[0]!.maskSha256!)).toEqual(["0012", "0012", "3000"]);
    expect(version.rule).toMatch("a mask's value is its class: 1 class 1, 2 class 2, 3 class 3");
  });

  it("take names and values from a list, and are 0 and 255 where there is one class", async () => {
    const files = await folder();
    files.set("classes.json", json({ 1: "organ", 2: "vessel", 3: "tumour" }));
    expect((await take("index-masks", files)).schema.classes).toEqual(["organ", "vessel", "tumour"]);
    files.set("masks/a.png", await grey(["0011", "0011", "1000"]));
    files.set("classes.json", json({ organ: 1 }));
    const { schema, annotations } = await take("index-masks", files);
    expect(schema.classes).toEqual(["organ"]);
    expect(await stored(annotations[0]!.maskSha256!)).toEqual(["00##", "00##", "#000"]);
  });

  it("with 255 or another value of no class, of another size, or in colour are refused, and the rest goes in", async () => {
    const files = await folder();
    files.set("masks/a.png", await grey(["00i0", "0000", "0000"], (c) => (c === "i" ? 255 : 0)));
    files.set("masks/b.png", await grey(["11", "11"]));
    files.set("images/d.png", await photo(4, 3, 4)).set("masks/d.png", await photo(4, 3, 5));
    const { codes, problems, counts } = await take("index-masks", files);
    expect(codes).toEqual({
      "": "NO_SPLIT", // fewer than three subjects are left
      "masks/a.png": "UNKNOWN_VALUE",
      "masks/b.png": "SIZE_MISMATCH",
      "masks/d.png": "UNREADABLE",
    });
    expect(problems.find(({ path }) => path === "masks/a.png")!.message).toMatch(/"ignore"/); // decoders finish in any order
    expect(counts).toMatchObject({ total: 4, done: 4, added: 1, refused: 3 });
  });

  it("whose list of classes is broken are not imported", async () => {
    const files = await folder();
    files.set("classes.json", Buffer.from("{"));
    await expect(take("index-masks", files)).rejects.toThrow("classes.json: The list of classes: not valid JSON");
  });
});

describe("COCO instances", () => {
  const categories = [{ id: 3, name: "tool" }, { id: 1, name: "polyp" }]; // biome-ignore format: pairs
  const square = (from: number, to: number) => [[from, from, to, from, to, to, from, to]];
  const folder = async (annotations: object[], images = ["a", "b", "c"]): Promise<Folder> =>
    new Map([
      ...(await Promise.all(
        ["a", "b", "c"].map(async (name, i) => [`val/${name}.png`, await photo(6, 5, i)] as const),
      )),
      [
        "annotations/instances.json",
        json({
          categories,
          annotations,
          images: images.map((name, id) => ({ id, file_name: `${name}.png`, width: 6, height: 5 })),
        }),
      ],
    ]);

  it("are drawn, crowds and run lengths too; the smaller region wins; no annotation is an empty mask", async () => {
    const { schema, annotations, counts, problems, folds } = await take(
      "coco-instances",
      await folder([
        { id: 1, image_id: 0, category_id: 3, segmentation: square(1, 3) },
        { id: 2, image_id: 0, category_id: 1, segmentation: square(0, 5) },
        { id: 3, image_id: 1, category_id: 1, iscrowd: 1, segmentation: { counts: [5, 2, 23], size: [5, 6] } },
      ]),
    );
    expect(problems).toEqual([]);
    expect(counts).toMatchObject({ total: 3, added: 3, refused: 0 });
    expect(schema.classes).toEqual(["polyp", "tool"]);
    expect(await Promise.all(annotations.map(({ maskSha256 }) => stored(maskSha256!)))).toEqual([
      ["111110", "122110", "122110", "111110", "111110"],
      ["010000", "010000", "000000", "000000", "000000"],
      ["000000", "000000", "000000", "000000", "000000"],
    ]);
    expect(annotations[0]!.regionPixels).toEqual([21, 4]);
    expect(folds).toHaveLength(3);
  });

  it("of a detection are the regions of their boxes, and the label version says so", async () => {
    const { annotations, problems } = await take(
      "coco-instances",
      await folder([{ id: 1, image_id: 1, category_id: 3, bbox: [1, 1, 3, 2] }]),
    );
    expect(problems).toEqual([]);
    expect(await stored(annotations[1]!.maskSha256!)).toEqual(["000000", "022200", "022200", "000000", "000000"]);
    const [version] = await world.database.owner`select rule from label_versions order by created_at desc limit 1`;
    expect(version!.rule).toMatch(/; a region without an outline is its box \(1\)$/);
  });

  it("that cannot be used are problems by file, and the rest goes in", async () => {
    const files = await folder(
      [
        { id: 1, image_id: 0, category_id: 3, segmentation: [[1, 1, 2, 2]] },
        { id: 2, image_id: 1, category_id: 9, segmentation: square(0, 2) },
        { id: 3, image_id: 77, category_id: 1, segmentation: square(0, 2) },
        { id: 4, image_id: 3, category_id: 1, segmentation: square(0, 2) },
      ],
      ["a", "b", "gone", "d"],
    );
    files.set("val/d.png", await photo(7, 5, 8)).set("val/e.png", await photo(6, 5, 9)).set("val/f.png", await photo(6, 5, 10)); // biome-ignore format: one row
    const listed = JSON.parse(files.get("annotations/instances.json")!.toString());
    listed.images.push({ id: 5, file_name: "f.png" });
    files.set("annotations/instances.json", json(listed));
    const { codes, counts, items } = await take("coco-instances", files);
    expect(codes).toEqual({
      "": "NO_SPLIT", // fewer than three subjects are left
      "val/a.png": "BAD_REGION",
      "val/b.png": "BAD_REGION",
      "val/c.png": "UNUSED_FILE",
      "val/d.png": "SIZE_MISMATCH",
      "val/e.png": "UNUSED_FILE",
      "gone.png": "MISSING_FILE",
      "annotations/instances.json": "BAD_LIST",
    });
    expect(items.map(({ name }) => name)).toEqual(["f"]);
    expect(counts).toMatchObject({ added: 1, refused: 4 });
  });

  it("without a JSON are not imported", async () => {
    await expect(take("coco-instances", new Map([["a.png", await photo(4, 4, 1)]]))).rejects.toThrow("no JSON file");
  });
});

describe("panoptic segments", () => {
  it("become the classes of their ids", async () => {
    const id = (value: number) => [value % 256, Math.floor(value / 256) % 256, Math.floor(value / 65536)];
    const segments = (ids: number[]) =>
      sharp(Uint8Array.from(ids.flatMap(id)), { raw: { width: 3, height: 2, channels: 3 } }).png().toBuffer(); // biome-ignore format: one row
    const row = (image_id: number, segments_info: object[]) => ({
      image_id,
      file_name: `${"abcd"[image_id]}.png`,
      segments_info,
    });
    const files: Folder = new Map(
      await Promise.all(
        ["a", "b", "c", "d"].map(async (name, i) => [`images/${name}.png`, await photo(3, 2, i)] as const),
      ),
    );
    files.set("panoptic/a.png", await segments([0, 70_000, 70_000, 258, 258, 0]));
    files.set("panoptic/b.png", await segments([5, 5, 5, 5, 5, 6]));
    files.set(
      "panoptic.json",
      json({
        categories: [{ id: 10, name: "sky" }, { id: 20, name: "cat" }],
        images: [0, 1, 2, 3].map((each) => ({ id: each, file_name: `${"abcd"[each]}.png` })),
        annotations: [
          row(0, [{ id: 70_000, category_id: 20 }, { id: 258, category_id: 10 }]),
          row(1, [{ id: 5, category_id: 10 }]),
          row(2, [{ id: 5, category_id: 10 }]),
        ],
      }),
    ); // biome-ignore format: a small file
    const { codes, annotations, items, schema } = await take("coco-panoptic", files);
    expect(schema.classes).toEqual(["sky", "cat"]);
    expect(codes).toEqual({ "": "NO_SPLIT", "panoptic/b.png": "UNKNOWN_VALUE", "c.png": "MISSING_FILE" });
    expect(items.map(({ name }) => name)).toEqual(["a", "d"]);
    expect(await Promise.all(annotations.map(({ maskSha256 }) => stored(maskSha256!)))).toEqual([["022", "110"], ["000", "000"]]); // biome-ignore format: pairs
  });
});

describe("NIfTI volumes", () => {
  const shape = [4, 3, 5] as const;
  const voxels = (of: (i: number, j: number, k: number) => number) =>
    Array.from({ length: 60 }, (_, at) => of(at % 4, Math.floor(at / 4) % 3, Math.floor(at / 12)));
  const image = (shade: number, more: object = {}) =>
    gzipSync(
      niftiFile({ shape, zooms: [0.5, 0.75, 3], values: voxels((i, _, k) => (k === 0 ? 0 : shade + 10 * i)), ...more }),
    );
  const label = (value: (i: number, j: number, k: number) => number, more: object = {}) =>
    niftiFile({ shape, zooms: [0.5, 0.75, 3], values: voxels(value), ...more });
  const lesion = (i: number, j: number, k: number) => (k === 2 ? (i === 0 && j === 0 ? 2 : i > 1 ? 1 : 0) : 0);
  const folder = (): Folder =>
    new Map([
      ["T/imagesTr/p1_0000.nii.gz", image(100)],
      ["T/labelsTr/p1.nii", label(lesion)],
      ["T/imagesTr/p2_0000.nii.gz", image(200)],
      ["T/labelsTr/p2.nii", label(() => 0)],
      ["T/imagesTr/p3_0000.nii.gz", image(300)],
      ["T/labelsTr/p3.nii", label(() => 1)],
      ["T/dataset.json", json({ labels: { background: 0, organ: 1, lesion: 2 } })],
    ]);

  it("become slices by name and number, with spacing, by subject; slices of equal pixels are two items", async () => {
    const { items, annotations, schema, counts, problems, folds, version, datasetId } = await take("nifti", folder());
    expect(problems).toEqual([]);
    expect(counts).toEqual({ total: 15, done: 15, added: 15, duplicates: 0, refused: 0 });
    expect(items.map(({ name }) => name).slice(0, 6)).toEqual([
      "p1/000",
      "p1/001",
      "p1/002",
      "p1/003",
      "p1/004",
      "p2/000",
    ]);
    expect(items[2]).toMatchObject({
      width: 4,
      height: 3,
      subject: "p1",
      subjectKnown: true,
      spacingMm: 0.5,
      spacingYMm: 0.75,
    });
    expect(schema.classes).toEqual(["organ", "lesion"]);
    expect(annotations[2]!.regionPixels).toEqual([6, 1]);
    expect(await stored(annotations[2]!.maskSha256!)).toEqual(["0011", "0011", "2011"]); // the front is up
    expect(annotations[1]!.regionPixels).toEqual([0, 0]);
    const foldsOf = Map.groupBy(folds, ({ subject }) => subject);
    expect([...foldsOf.values()].map((of) => new Set(of.map(({ fold }) => fold)).size)).toEqual([1, 1, 1]);
    expect(version.rule).toMatch("axial slices in RAS+, percentiles 0.5 to 99.5 of each volume as black to white");
    const again = await take("nifti", folder(), { datasetId });
    expect(again.counts).toMatchObject({ added: 0, duplicates: 15 });
    expect(again.items).toEqual(items);
    expect(again.version.id).toBe(version.id);
  });

  it("are shown through the window asked for", async () => {
    const { items, version } = await take("nifti", folder(), { window: { low: 100, high: 355 } });
    const bytes = await world.objects.read(world.database.teamId, items[1]!.sha256);
    expect([...(await sharp(bytes).toColourspace("b-w").raw().toBuffer())].slice(0, 4)).toEqual([0, 10, 20, 30]);
    expect(version.rule).toMatch("intensities 100 to 355 as black to white");
  });

  it("that do not fit are refused by file, and the rest goes in", async () => {
    const files = folder();
    files.set(
      "T/labelsTr/p1.nii",
      label(() => 9),
    );
    files.set(
      "T/labelsTr/p2.nii",
      label(() => 0, { offset: [0, 40, 0] }),
    );
    files.set("T/imagesTr/p4.nii.gz", Buffer.from("no volume")).set(
      "T/labelsTr/p4.nii",
      label(() => 0),
    );
    files.set("T/imagesTr/p5.nii.gz", image(1)).set("T/labelsTr/p5.nii", niftiFile({ shape: [2, 2, 2], zooms: [1, 1, 1], values: new Int16Array(8) })); // biome-ignore format: a pair
    const { codes, problems, counts } = await take("nifti", files);
    expect(codes).toEqual({
      "": "NO_SPLIT", // fewer than three subjects are left
      "T/labelsTr/p1.nii": "UNKNOWN_VALUE",
      "T/labelsTr/p2.nii": "SIZE_MISMATCH",
      "T/imagesTr/p4.nii.gz": "WRONG_TYPE",
      "T/labelsTr/p5.nii": "SIZE_MISMATCH",
    });
    expect(problems.find(({ path }) => path.includes("p2"))!.message).toMatch("lies 40.0 mm from");
    expect(counts).toMatchObject({ added: 5, refused: 4 });
  });

  it("without a dataset.json have numbered classes", async () => {
    const files = folder();
    files.delete("T/dataset.json");
    expect((await take("nifti", files)).schema.classes).toEqual(["class 1", "class 2"]);
  });
});
