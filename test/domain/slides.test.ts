/** @file The grid of tiles, the rule's limits, and the manifest's bytes. */
import { gridOver } from "@tessera/domain/slides/grid";
import { decodeManifest, encodeManifest, type TileManifest } from "@tessera/domain/slides/manifest";
import { checkTileRule, type TileRule, usualTileRule } from "@tessera/domain/slides/tileRule";
import { describe, expect, it } from "vitest";

const rule: TileRule = { ...usualTileRule, size: 100, micronsPerPixel: 1 };
const scale = (microns: number) => ({ x: microns, y: microns });

describe("a grid", () => {
  it("lays whole tiles side by side, in pixels of the slide", () => {
    const grid = gridOver({ width: 1000, height: 450, micronsPerPixel: scale(0.5) }, rule);
    expect([grid.extent, grid.columns, grid.rows]).toEqual([{ x: 200, y: 200 }, 5, 2]);
    expect(grid.at(4, 1)).toEqual({ x: 800, y: 200 });
  });

  it("lets neighbours share pixels, and still ends within the slide", () => {
    const grid = gridOver({ width: 1000, height: 1000, micronsPerPixel: scale(1) }, { ...rule, overlap: 25 });
    expect(grid.columns).toBe(13); // 75 a step: 0, 75, …, 900
    expect(grid.at(12, 0).x + grid.extent.x).toBe(1000);
    expect(grid.at(1, 0).x).toBe(75);
  });

  it("follows pixels that are not square, and scales that are no whole numbers", () => {
    const grid = gridOver({ width: 1000, height: 1000, micronsPerPixel: { x: 0.499, y: 0.25 } }, rule);
    expect(grid.extent.x).toBeCloseTo(100 / 0.499, 10);
    expect([grid.columns, grid.rows]).toEqual([Math.floor((1000 * 0.499) / 100), 2]);
  });

  it.each([
    [
      "finer than the slide",
      { width: 1000, height: 1000, micronsPerPixel: scale(2) },
      rule,
      /finer than the slide, which has 2/,
    ],
    [
      "larger than the slide",
      { width: 50, height: 50, micronsPerPixel: scale(1) },
      rule,
      /covers 100 x 100 pixels and the slide has 50 x 50/,
    ],
    [
      "too many",
      { width: 900_000, height: 900_000, micronsPerPixel: scale(1) },
      { ...rule, overlap: 90 },
      /at most 2000000/,
    ],
  ])("refuses tiles that are %s", (_, slide, asked, expected) => {
    expect(() => gridOver(slide, asked)).toThrow(expected);
  });
});

it.each<[keyof TileRule, number]>([
  ["size", 20],
  ["size", 100.5],
  ["micronsPerPixel", 0],
  ["overlap", 100],
  ["overlap", -1],
  ["leastTissue", 1.1],
  ["leastSharpness", -1],
  ["assumedMicronsPerPixel", 72],
])("a rule's %s is refused at %d, by name", (field, value) => {
  expect(() => checkTileRule({ ...rule, [field]: value })).toThrow(new RegExp(`^${field}: expected .*got ${value}`));
  expect(checkTileRule(rule)).toBe(rule);
});

describe("a manifest", () => {
  const manifest: TileManifest = {
    version: 1,
    slide: { sha256: "a".repeat(64), width: 10, height: 10, micronsPerPixel: scale(1) },
    rule,
    extent: { x: 100, y: 100 },
    tissue: { threshold: 20, share: 0.5, pen: 0 },
    dropped: { tissue: 1, blurred: 0 },
    tiles: { x: [0], y: [5], tissue: [1], sharpness: null },
  };

  it("has the same bytes whatever the order of its keys, and reads back", () => {
    const turned = Object.fromEntries(Object.entries(manifest).reverse()) as unknown as TileManifest;
    expect(Buffer.from(encodeManifest(turned)).equals(encodeManifest(manifest))).toBe(true);
    expect(decodeManifest(encodeManifest(manifest))).toEqual(manifest);
  });

  it("is refused where it is another file, or its lists differ", () => {
    expect(() => decodeManifest(Buffer.from("{}"))).toThrow("expected JSON of version 1");
    const broken = encodeManifest({ ...manifest, tiles: { ...manifest.tiles, y: [] } });
    expect(() => decodeManifest(broken)).toThrow("equal lists");
  });
});
