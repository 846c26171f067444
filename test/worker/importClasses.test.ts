import { decodeBag } from "@tessera/domain/bags/npy";
import { labelsForItems } from "@tessera/store/labelVersions";
import { readersOf } from "@tessera/store/opinions";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { npz } from "../support/zip.ts";
import { type ImportWorld, importWorld } from "./support/importWorld.ts";
import type { Folder } from "./support/kvasirFolder.ts";

let world: ImportWorld;
beforeAll(async () => {
  world = await importWorld();
});
afterAll(() => world.close());
const take: ImportWorld["take"] = (...args) => world.take(...args);

const photo = (shade: number) =>
  sharp(
    Uint8Array.from({ length: 60 }, (_, i) => (i * 7 + shade * 11) % 200),
    { raw: { width: 5, height: 4, channels: 3 } },
  )
    .png()
    .toBuffer();
const folderOf = async (paths: Readonly<Record<string, number>>): Promise<Folder> =>
  new Map(await Promise.all(Object.entries(paths).map(async ([path, shade]) => [path, await photo(shade)] as const)));
const csv = (...lines: string[]) => Buffer.from(lines.join("\n"));

type Taken = Awaited<ReturnType<typeof take>>;
const labelsOf = ({ items, annotations }: Taken) =>
  Object.fromEntries(items.map(({ name }, index) => [name, annotations[index]!.classValues]));
const foldsOf = ({ items, folds }: Taken) => {
  const names = new Map(items.map(({ id, name }) => [id, name]));
  return Object.fromEntries(folds.map(({ itemId, fold }) => [names.get(itemId), fold]));
};

describe("a folder per class", () => {
  it("becomes one class per item, with the published folds", async () => {
    const paths = { "x/train/sick/1.png": 1, "x/train/well/2.png": 2, "x/val/sick/3.png": 3, "x/test/well/4.png": 4 };
    const taken = await take("class-folders", await folderOf(paths));
    expect(taken.problems).toEqual([]);
    expect(taken.schema).toMatchObject({ task: "classification", classes: ["sick", "well"], exclusive: true });
    expect(labelsOf(taken)).toEqual({ "test/well/4": [0, 1], "train/sick/1": [1, 0], "train/well/2": [0, 1], "val/sick/3": [1, 0] }); // biome-ignore format: a row
    expect(foldsOf(taken)).toEqual({ "test/well/4": "test", "train/sick/1": "train", "train/well/2": "train", "val/sick/3": "validation" }); // biome-ignore format: a row
    expect(taken.items[0]).toMatchObject({ width: 5, height: 4, subjectKnown: false });
    expect(taken.version.rule).toMatch("an image's class is the folder that it lies in");
  });

  it("keeps the first of equal files and tells of the others: within a fold, across folds", async () => {
    const paths = { "train/sick/1.png": 1, "train/sick/2.png": 2, "train/well/3.png": 1, "val/sick/4.png": 4, "test/well/5.png": 2, "test/well/6.png": 6 }; // biome-ignore format: a row
    const taken = await take("class-folders", await folderOf(paths));
    expect(taken.counts).toEqual({ total: 6, done: 6, added: 4, duplicates: 2, refused: 0 });
    expect(taken.codes).toEqual({ "train/well/3.png": "DUPLICATE", "test/well/5.png": "DUPLICATE_ACROSS_FOLDS" });
    const [within, across] = taken.problems.map(({ message }) => message);
    expect(within).toBe("train/well/3 has the same picture as train/sick/1, which is kept; this one is not added."); // biome-ignore format: a sentence
    expect(across).toMatch(/^test\/well\/5 has the same picture as train\/sick\/2.*in test and in train\.$/);
    expect(Object.keys(labelsOf(taken))).toEqual(["test/well/6", "train/sick/1", "train/sick/2", "val/sick/4"]);
  });

  it("takes subjects from a list, the order of classes from another, and refuses what is no image", async () => {
    const folder = await folderOf({ "well/1.png": 1, "well/2.png": 2, "sick/3.png": 3, "sick/4.png": 4 });
    folder.set("subjects.csv", csv("name,subject", "well/1,p1", "2,p2", "3,p1", "4,p3"));
    folder.set("classes.txt", Buffer.from("well\nsick\n")).set("sick/bad.png", Buffer.from("no image"));
    const taken = await take("class-folders", folder);
    expect(taken.schema.classes).toEqual(["well", "sick"]);
    expect(taken.items.map(({ name, subject, subjectKnown }) => [name, subject, subjectKnown])).toEqual([
      ["sick/3", "p1", true],
      ["sick/4", "p3", true],
      ["well/1", "p1", true],
      ["well/2", "p2", true],
    ]);
    const folds = foldsOf(taken);
    expect(folds["sick/3"]).toBe(folds["well/1"]);
    expect(taken.codes).toEqual({ "sick/bad.png": "WRONG_TYPE" });
  });

  it("alone is no classification", async () => {
    const refused = take("class-folders", await folderOf({ "well/1.png": 1, "well/2.png": 2 }));
    await expect(refused).rejects.toThrow(/at least two folders, one per class/);
  });

  it("imported again changes nothing; a moved file is another opinion and another version", async () => {
    const paths = { "a/1.png": 1, "a/2.png": 2, "b/3.png": 3, "b/4.png": 4 };
    const first = await take("class-folders", await folderOf(paths));
    const { datasetId } = first;
    const again = await take("class-folders", await folderOf(paths), { datasetId });
    expect([again.version.id, again.counts.added, again.counts.duplicates]).toEqual([first.version.id, 0, 4]);
    expect(again.problems).toEqual([]);
  });
});

describe("a table of classes", () => {
  it("becomes values per class, subjects, sites and folds; what is wrong is told by name", async () => {
    const folder = await folderOf({ "i/a.png": 1, "i/b.png": 2, "i/c.png": 3, "i/d.png": 4, "i/unlisted.png": 5 });
    const lines = ["a.png,p1,north,train,1,0", "b,p2,,val,,1", "c,p3,,test,0,0", "d,p4,,test,,", "e,p5,,test,1,1"];
    folder.set("labels.csv", csv("item,subject,site,fold,mass,effusion", ...lines));
    const taken = await take("class-csv", folder);
    expect(taken.schema).toMatchObject({ classes: ["mass", "effusion"], exclusive: false });
    expect(labelsOf(taken)).toEqual({ a: [1, 0], b: [null, 1], c: [0, 0] });
    expect(taken.items.map(({ subject, site }) => [subject, site])).toEqual([["p1", "north"], ["p2", null], ["p3", null]]); // biome-ignore format: pairs
    expect(foldsOf(taken)).toEqual({ a: "train", b: "validation", c: "test" });
    expect(taken.codes).toEqual({ "i/d.png": "NO_CLASS", e: "MISSING_FILE", "i/unlisted.png": "UNUSED_FILE" });
    expect(taken.counts).toMatchObject({ total: 3, added: 3, refused: 2 });
  });

  it("of one class per item may stand beside a list of their order", async () => {
    const folder = await folderOf({ "a.png": 1, "b.png": 2, "c.png": 3 });
    folder.set("t.csv", csv("item,class", "a,yes", "b,no", "c,no")).set("classes.json", csv('["no", "yes"]'));
    const taken = await take("class-csv", folder);
    expect(taken.schema).toMatchObject({ classes: ["no", "yes"], exclusive: true });
    expect(labelsOf(taken)).toEqual({ a: [0, 1], b: [1, 0], c: [1, 0] });
  });

  it("keeps every reader's opinion; a table alone adds a further reader of known images, and makes no version", async () => {
    const folder = await folderOf({ "a.png": 1, "b.png": 2, "c.png": 3 });
    const lines = ["a,Ada,yes", "a,Bea,no", "b,Ada,no", "b,Bea,no", "c,Bea,yes"];
    folder.set("t.csv", csv("item,reader,class", ...lines));
    const first = await take("class-csv", folder);
    expect(first.counts).toMatchObject({ total: 3, added: 3, refused: 0 });
    expect(first.version).toMatchObject({ items: 3, rule: expect.stringContaining('"Ada", else of "Bea"') });
    const { database, ask } = world;
    const { teamId } = database;
    const ids = first.items.map(({ id }) => id);
    const labels = async () => (await ask((sql) => labelsForItems(sql, teamId, first.version.id, ids))).map((each) => [each!.reader, each!.classValues]); // biome-ignore format: one line
    expect(await labels()).toEqual([["Ada", [0, 1]], ["Ada", [1, 0]], ["Bea", [0, 1]]]); // biome-ignore format: a table

    const table = csv(
      "item,reader,reader kind,class",
      "a.png,NLP,report,yes",
      "c,NLP,report,no",
      "a,Bea,person,no",
      "d,NLP,report,no",
    );
    const second = await take("class-csv", new Map([["more.csv", table]]), { datasetId: first.datasetId });
    expect(second.codes).toEqual({ d: "MISSING_FILE" });
    expect(second.counts).toMatchObject({ added: 0, duplicates: 2, refused: 1 });
    expect([second.version, second.splitId]).toEqual([undefined, null]);
    const readers = await ask((sql) => readersOf(sql, teamId, first.datasetId));
    expect(readers.map(({ name, kind, items }) => [name, kind, items])).toEqual([["Ada", "person", 2], ["Bea", "person", 3], ["NLP", "report", 2]]); // biome-ignore format: a table
    expect(await labels()).toEqual([["Ada", [0, 1]], ["Ada", [1, 0]], ["Bea", [0, 1]]]); // biome-ignore format: a table
    const twice = csv("item,reader,class", "a,Ada,yes", "a,Ada,no");
    await expect(take("class-csv", new Map([["t.csv", twice]]))).rejects.toThrow(/line 3: a is listed twice by Ada/);
  });

  it("that is missing or broken ends the import with its line", async () => {
    const folder = await folderOf({ "a.png": 1 });
    await expect(take("class-csv", folder)).rejects.toThrow(/no CSV table/);
    folder.set("t.csv", csv("item,mass", "a,perhaps"));
    await expect(take("class-csv", folder)).rejects.toThrow(/t\.csv: The table of classes: line 2, column "mass"/);
  });
});

describe("a file of arrays", () => {
  const images = (...shades: number[]) => ({
    shape: [shades.length, 4, 5],
    values: Uint8Array.from(shades.flatMap((shade) => Array.from({ length: 20 }, (_, i) => i * 9 + shade))),
  });
  const labels = (...values: number[]) => ({ shape: [values.length, 1], values: Uint8Array.from(values) });
  const arrays = (parts: Parameters<typeof npz>[0]): Folder => new Map([["set/pneumonia.npz", npz(parts)]]);

  it("becomes an item per row, in its published fold, equal rows once", async () => {
    const many = Array.from({ length: 60 }, (_, index) => index);
    const folder = arrays({
      train_images: images(...many, 3, 7),
      train_labels: labels(...many.map((index) => index % 2), 1, 0),
      val_images: images(70, 5),
      val_labels: labels(1, 1),
      test_images: images(71, 72, 71),
      test_labels: labels(1, 0, 1),
    });
    folder.set("set/classes.json", Buffer.from('{"0": "normal", "1": "pneumonia"}'));
    const taken = await take("npz", folder);
    expect(taken.schema).toMatchObject({ classes: ["normal", "pneumonia"], exclusive: true });
    expect(taken.counts).toEqual({ total: 67, done: 67, added: 63, duplicates: 4, refused: 0 });
    expect(Object.fromEntries(taken.problems.map(({ path, message }) => [path, message.split(",")[0]]))).toEqual({
      "train/00060": "train/00060 has the same picture as train/00003",
      "train/00061": "train/00061 has the same picture as train/00007",
      "val/00001": "val/00001 has the same picture as train/00005",
      "test/00002": "test/00002 has the same picture as test/00000",
    });
    expect(taken.codes).toMatchObject({ "train/00060": "DUPLICATE", "val/00001": "DUPLICATE_ACROSS_FOLDS" });
    const folds = foldsOf(taken);
    expect(Object.values(folds).filter((fold) => fold === "train")).toHaveLength(60);
    expect([folds["val/00000"], folds["test/00000"], folds["test/00001"]]).toEqual(["validation", "test", "test"]);
    expect(labelsOf(taken)).toMatchObject({ "train/00002": [1, 0], "train/00003": [0, 1], "test/00001": [1, 0] });
    const picture = await world.objects.read(world.database.teamId, taken.items.find(({ name }) => name === "val/00000")!.sha256); // biome-ignore format: a row
    expect([...(await sharp(picture).toColourspace("b-w").raw().toBuffer())]).toEqual([...images(70).values]);
  });

  it("may hold colour and any number of classes per row", async () => {
    const rgb = { shape: [3, 2, 2, 3], values: Uint8Array.from({ length: 36 }, (_, i) => i * 7) };
    const taken = await take(
      "npz",
      arrays({ train_images: rgb, train_labels: { shape: [3, 2], values: Uint8Array.of(1, 1, 0, 0, 0, 1) } }),
    );
    expect(taken.schema).toMatchObject({ classes: ["class 0", "class 1"], exclusive: false });
    expect(labelsOf(taken)).toEqual({ "train/00000": [1, 1], "train/00001": [0, 0], "train/00002": [0, 1] });
  });

  it("that is none, or holds no pictures, ends the import with the reason", async () => {
    await expect(take("npz", new Map([["x.npz", Buffer.from("no zip")]]))).rejects.toThrow(/x\.npz: Expected a zip/);
    const volumes = { shape: [1, 2, 2, 2], values: new Uint8Array(8) };
    await expect(take("npz", arrays({ train_images: volumes, train_labels: labels(0) }))).rejects.toThrow(
      /train_images has the shape 1x2x2x2/,
    );
  });
});

describe("a table of bags", () => {
  it("becomes an item per bag, whose file NumPy can read", async () => {
    const table = csv(
      "bag,patient,label,f1,f2",
      "s1,p1,1,0.5,2",
      "s2,p2,0,-1,3",
      "s1,p1,1,0.25,9",
      "s3,p3,0,4,5",
      "s4,p4,1,6,7",
    );
    const taken = await take(
      "bag-csv",
      new Map([
        ["x/bags.csv", table],
        ["x/second.csv", csv("a,b")],
      ]),
    );
    expect(taken.codes).toEqual({ "x/second.csv": "UNUSED_FILE" });
    expect(taken.schema).toMatchObject({ task: "classification", classes: ["0", "1"], exclusive: true });
    expect(labelsOf(taken)).toEqual({ s1: [0, 1], s2: [1, 0], s3: [1, 0], s4: [0, 1] });
    expect(taken.items[0]).toMatchObject({
      kind: "bag",
      name: "s1",
      width: 2,
      height: 2,
      subject: "p1",
      subjectKnown: true,
    });
    const { values } = decodeBag(await world.objects.read(world.database.teamId, taken.items[0]!.sha256));
    expect([...values]).toEqual([0.5, 2, 0.25, 9]);
    const again = await take("bag-csv", new Map([["x/bags.csv", table]]));
    expect(again.counts).toMatchObject({ duplicates: 0 });
  });

  it("is refused where a column is the label, by its name", async () => {
    const table = csv("bag,label,f1,f2", "a,0,0,0", "b,1,1,0", "b,1,0,5");
    await expect(take("bag-csv", new Map([["bags.csv", table]]))).rejects.toThrow(/column "f1" is 0 in every tile/);
  });
});
