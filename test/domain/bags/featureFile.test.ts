/** @file What shapes and attributes of a file of features say. */
import { checkCoordsShape, featureShape, tilingOf } from "@tessera/domain/bags/featureFile";
import { describe, expect, it } from "vitest";

describe("featureShape", () => {
  it.each([
    [[21, 6], { tiles: 21, features: 6 }],
    [[1, 21, 6], { tiles: 21, features: 6 }],
    [[1, 6], { tiles: 1, features: 6 }],
  ])("of %j", (shape, expected) => expect(featureShape(shape)).toEqual(expected));

  it.each([
    [[6], /one vector is of a whole slide/],
    [[2, 21, 6], /expected \[tiles, features\] or \[1, tiles, features\]/],
    [[1, 1, 21, 6], /has the shape \[1, 1, 21, 6\]/],
    [[], /has the shape \[\]/],
    [[0, 6], /is empty/],
    [[3_000_000, 1], /at most 2000000 tiles/],
    [[2, 70_000], /65536 features/],
    [[2 ** 18, 2 ** 10], /268434432 numbers \(1 GiB\)/],
  ])("refuses %j", (shape, expected) => expect(() => featureShape(shape)).toThrow(expected));
});

it("coordinates are a pair per row", () => {
  for (const shape of [
    [21, 2],
    [1, 21, 2],
  ])
    expect(() => checkCoordsShape(shape, 21)).not.toThrow();
  for (const shape of [[20, 2], [21, 3], [21], [2, 21, 2], [1, 1, 21, 2]])
    expect(() => checkCoordsShape(shape, 21)).toThrow(/expected \[21, 2\]/);
});

describe("tilingOf", () => {
  const trident = { patch_size: 512, patch_size_level0: 1024, level0_width: 5000, level0_height: 4000, overlap: 0 };
  it.each([
    ["TRIDENT's", trident, { writer: "trident", extent: 1024, slide: { width: 5000, height: 4000 } }],
    ["CLAM's, of level 0", { patch_size: 256, patch_level: 0 }, { writer: "clam", extent: 256, slide: null }],
    [
      "CLAM's, which steps by whole downsamples",
      { patch_size: 256, patch_level: 1, downsample: [4.0003, 4] },
      { writer: "clam", extent: 1024, slide: null },
    ],
    [
      "an older CLAM's",
      { patch_size: 256, patch_level: 0, custom_downsample: 2 },
      { writer: "clam", extent: 512, slide: null },
    ],
    ["CLAM's without a downsample", { patch_size: 256, patch_level: 2 }, { writer: "clam", extent: null, slide: null }],
    ["a size of nobody knows which level", { patch_size: 256 }, { writer: null, extent: null, slide: null }],
    ["None as TRIDENT writes it", { patch_size_level0: "None" }, { writer: null, extent: null, slide: null }],
    ["nothing", {}, { writer: null, extent: null, slide: null }],
  ])("%s", (_, attributes, expected) => expect(tilingOf(attributes)).toEqual(expected));
});
