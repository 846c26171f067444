/** @file Regions of slides: what is refused, which tiles lie inside; beside shapely (fixtures/regions.py). */
import { readFileSync } from "node:fs";
import { sharesInside, type TilePlaces } from "@tessera/domain/slides/regionShare";
import { checkRegions, type Region, type RegionPolygon, regionLimits } from "@tessera/domain/slides/regions";
import { crossingWithin, type Ring } from "@tessera/domain/slides/ringCrossings";
import { tileTruth } from "@tessera/domain/slides/tileTruth";
import { describe, expect, it } from "vitest";

interface Fixture {
  readonly scenes: readonly (TilePlaces & {
    readonly regions: readonly (readonly RegionPolygon[])[];
    readonly shares: readonly number[];
  })[];
  readonly rings: readonly { readonly ring: Ring; readonly simple: boolean }[];
  readonly holes: readonly { readonly rings: RegionPolygon; readonly valid: boolean }[];
}

const fixture = JSON.parse(
  readFileSync(new URL("./fixtures/regions.json", import.meta.url), "utf8"),
) as unknown as Fixture;
const slide = { width: 1000, height: 800 };

const rectangle = (x: number, y: number, width: number, height: number): Ring => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
];
const region = (...rings: Ring[]): Region => ({ className: "tumour", polygons: [rings] });

describe("shares of tiles", () => {
  it.each(fixture.scenes.map((scene, at) => [at, scene] as const))("are shapely's (scene %i)", (_, scene) => {
    const regions = scene.regions.map((polygons) => ({ className: "tumour", polygons }));
    const shares = sharesInside(scene, regions);
    expect(scene.shares.filter((share) => share > 0 && share < 1).length).toBeGreaterThan(15);
    expect(Math.max(...shares.map((share, at) => Math.abs(share - scene.shares[at]!)))).toBeLessThan(1e-9);
  });

  it("count what lies in two regions once", () => {
    const tile = { extent: { x: 10, y: 10 }, tiles: { x: [0], y: [0] } };
    const twice = [region(rectangle(0, 0, 6, 10)), region(rectangle(4, 0, 4, 10))];
    expect(sharesInside(tile, twice)[0]).toBeCloseTo(8 / 10, 12);
  });
});

describe("outlines", () => {
  it("are simple where shapely says so", () => {
    const said = fixture.rings.map(({ ring }) => crossingWithin(ring) === null);
    expect(said).toEqual(fixture.rings.map(({ simple }) => simple));
    expect(new Set(said).size).toBe(2);
  });

  it("have holes where shapely says so", () => {
    const isValid = (rings: RegionPolygon) => {
      try {
        return checkRegions([region(...rings)], slide).length === 1;
      } catch {
        return false;
      }
    };
    const said = fixture.holes.map(({ rings }) => isValid(rings));
    expect(said).toEqual(fixture.holes.map(({ valid }) => valid));
    expect(new Set(said).size).toBe(2);
  });

  it("lose repeated corners and the closing one", () => {
    const closed: Ring = [...rectangle(1, 1, 5, 5), [1, 6], [1, 1]];
    expect(checkRegions([region(closed)], slide)[0]!.polygons[0]![0]).toEqual(rectangle(1, 1, 5, 5));
  });

  it.each<[string, Region, RegExp]>([
    [
      "a bow",
      region([
        [0, 0],
        [10, 10],
        [10, 0],
        [0, 10],
      ]),
      /Region 2 \(tumour\): the outline crosses .* at \(5, 5\)/,
    ],
    ["outside", region(rectangle(990, 1, 20, 5)), /\(1010, 1\) is outside the slide, which has 1000 x 800/],
    [
      "no number",
      region([
        [0, Number.NaN],
        [1, 1],
        [2, 0],
      ]),
      /two finite numbers/,
    ],
    [
      "two corners",
      region([
        [0, 0],
        [1, 1],
        [0, 0],
      ]),
      /at least 3 different corners, got 2/,
    ],
    ["a hole outside", region(rectangle(0, 0, 9, 9), rectangle(20, 0, 3, 3)), /hole 1 is outside/],
    [
      "a hole in a hole",
      region(rectangle(0, 0, 90, 90), rectangle(9, 9, 30, 30), rectangle(12, 12, 3, 3)),
      /hole 2 and hole 1/,
    ],
    ["no class", { ...region(rectangle(0, 0, 9, 9)), className: " " }, /class of 1 to 100 characters/],
    ["no polygon", { className: "tumour", polygons: [] }, /at least one polygon/],
  ])("refuse %s", (_, bad, message) => {
    const good = region(rectangle(0, 0, 5, 5));
    expect(() => checkRegions([good, bad], slide)).toThrow(message);
  });

  it("refuse more corners than a browser can draw", () => {
    const around = Array.from({ length: regionLimits.ringCorners + 1 }, (_, at): [number, number] => {
      const angle = (2 * Math.PI * at) / (regionLimits.ringCorners + 1);
      return [400 + 300 * Math.cos(angle), 400 + 300 * Math.sin(angle)];
    });
    expect(() => checkRegions([region(around)], slide)).toThrow(/at most 20000 corners in a ring/);
  });
});

it("with more holes than can be held against each other are refused before any is", () => {
  const holes = Array.from({ length: regionLimits.holes + 1 }, (_, at) => rectangle(at % 900, 2, 1, 1)); // they meet
  expect(() => checkRegions([region(rectangle(0, 0, 950, 9), ...holes)], slide)).toThrow(
    /at most 5000 holes.+got 5001/,
  );
});

it("with too many corners in all are refused before an outline is looked at", () => {
  const bow: Ring = [[0, 0], [10, 10], [10, 0], [0, 10]]; // biome-ignore format: a bow
  const many = Array.from({ length: 20 }, () => region(...Array.from({ length: 2600 }, () => bow)));
  expect(() => checkRegions(many, slide)).toThrow(/at most 200000 corners on a slide, got 208000/);
});

describe("the truth of tiles", () => {
  const places = { extent: { x: 10, y: 10 }, tiles: { x: [0, 10, 20, 30], y: [0, 0, 0, 0] } };
  const tumour = region(rectangle(0, 0, 15, 10));
  const normal = { ...region(rectangle(20, 0, 10, 10)), className: "normal" };
  const rule = { classNames: ["tumour"], leastShare: 0.6 };

  it("is unknown where little of a tile is inside, or nobody drew", () => {
    const { labels, shares, counts } = tileTruth(places, { regions: [tumour, normal], complete: false }, rule);
    expect(labels).toEqual([1, null, 0, null]);
    expect(shares).toEqual([1, 0.5, 0, 0]);
    expect(counts).toEqual({ positive: 1, negative: 1, unknown: 2 });
  });

  it("is negative outside where all is drawn", () => {
    expect(tileTruth(places, { regions: [tumour], complete: true }, rule).labels).toEqual([1, null, 0, 0]);
  });

  it("takes a tile that is inside by the share asked, and every class where none is named", () => {
    const half = { classNames: null, leastShare: 0.5 };
    expect(tileTruth(places, { regions: [tumour, normal], complete: true }, half).labels).toEqual([1, 1, 1, 0]);
  });

  it.each([0, 1.1, Number.NaN])("refuses a least share of %d", (leastShare) => {
    expect(() => tileTruth(places, { regions: [], complete: true }, { classNames: null, leastShare })).toThrow(
      /above 0/,
    );
  });
});
