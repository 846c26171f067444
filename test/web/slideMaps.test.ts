/** @file Tile maps over a slide: what a colour says, which tiles are painted, and how an address says the place. */
import { describe, expect, it } from "vitest";
import { colourSteps, stepsOf } from "@/features/slides/map/colours";
import { paintTiles, pictureScale, tileAt, tilePainting } from "@/features/slides/map/drawTiles";
import { extremes, quantile, rankOf, shownValues } from "@/features/slides/map/values";
import { magnificationOf, pixelsAt, placeAround, placeOf, placeText } from "@/features/slides/place";

const values = Float32Array.from([0.5, 0.125, 0.125, 0.25]);

describe("colour says", () => {
  it("raw: the value, from 0 to the highest of all slides", () => {
    const { shares, signed, ticks } = shownValues(values, "raw", { low: 0.1, high: 1 });
    expect([...shares]).toEqual([...values]);
    expect(signed).toBe(false);
    expect(ticks.map(({ text }) => text)).toEqual(["0", "0.5000", "1"]);
  });

  it("raw, on both sides of 0: 0 in the middle, as far to either side", () => {
    const { shares, signed, ticks } = shownValues(Float32Array.from([-1, 0, 4]), "raw", { low: -1, high: 4 });
    expect([...shares]).toEqual([0.5 - 1 / 8, 0.5, 1]);
    expect(signed).toBe(true);
    expect(ticks.map(({ text }) => text)).toEqual(["−4", "0", "4"]);
  });

  it("rank: the share of the other tiles that are lower, equal ones half", () => {
    const { shares, ticks } = shownValues(values, "rank", { low: 0, high: 1 });
    expect([...shares].map((share) => Number(share.toFixed(4)))).toEqual(
      [3 / 3, 0.5 / 3, 0.5 / 3, 2 / 3].map((each) => Number(each.toFixed(4))),
    );
    expect(ticks[1]).toEqual({ share: 0.5, text: "50 % (0.1880)" }); // between 0.125 and 0.25: 0.1875
    expect(rankOf(Float32Array.from([3]), 3)).toBe(0.5);
  });

  it("scaled: from the slide's 1st to its 99th percentile", () => {
    const many = Float32Array.from({ length: 101 }, (_, i) => i);
    const { shares } = shownValues(many, "scaled", { low: 0, high: 1 });
    expect([shares[0], shares[1], shares[50], shares[99], shares[100]]).toEqual([0, 0, 0.5, 1, 1]);
    expect(quantile(many, 0.99)).toBe(99);
    expect([...shownValues(Float32Array.from([2, 2]), "scaled", { low: 2, high: 2 }).shares]).toEqual([0.5, 0.5]);
  });

  it("the extremes, the earlier of equal tiles first", () => {
    expect(extremes(values, 2, "highest")).toEqual([0, 3]);
    expect(extremes(values, 3, "lowest")).toEqual([1, 2, 3]);
  });

  it("in 256 steps from the scale's one end to the other, white for 0", () => {
    expect([colourSteps(false)[0], colourSteps(false)[255]]).toEqual(["rgb(68 1 84)", "rgb(253 231 37)"]);
    expect([colourSteps(true)[0], colourSteps(true)[255]]).toEqual(["rgb(5 48 97)", "rgb(103 0 31)"]);
    expect(
      colourSteps(true)[128]!
        .match(/\d+/g)!
        .every((part) => Number(part) > 240),
    ).toBe(true);
    expect([...stepsOf(Float32Array.from([0, 0.5, 1]))]).toEqual([0, 128, 255]);
  });
});

describe("tiles", () => {
  // three in a row that overlap by 2, the middle one highest
  const manifest = { extent: { x: 10, y: 10 }, tiles: { x: [0, 8, 16], y: [0, 0, 0] } };
  const painting = tilePainting(manifest, Uint8Array.from([1, 9, 4]), colourSteps(false));

  it("are painted lowest first, those in view alone, on whole pixels", () => {
    const rects: number[][] = [];
    const context = { fillStyle: "", fillRect: (...rect: number[]) => void rects.push(rect) };
    expect(paintTiles(context, painting, { x: 0, y: 0, width: 16, height: 10 }, { width: 32, height: 20 })).toBe(2);
    expect(rects).toEqual([
      [0, 0, 20, 20],
      [16, 0, 20, 20],
    ]);
  });

  it("are found at a point, the one on top", () => {
    expect([tileAt(painting, 9, 5), tileAt(painting, 17, 5), tileAt(painting, 19, 5)]).toEqual([1, 1, 2]);
    expect([tileAt(painting, 7, 5), tileAt(painting, 30, 5), tileAt(painting, 5, 10)]).toEqual([0, null, null]);
  });

  it("are a picture where there are many, of a size that a browser holds", () => {
    expect(pictureScale({ width: 100_000, height: 100_000 }, 100)).toBeNull();
    const scale = pictureScale({ width: 200_000, height: 100_000 }, 100_000)!;
    expect((200_000 / scale) * (100_000 / scale)).toBeLessThanOrEqual(12e6);
    expect(200_000 / scale).toBeLessThanOrEqual(4_096);
  });
});

describe("the address of a place", () => {
  it("says the same place again", () => {
    const place = { x: 1204, y: 96, pixels: 0.125 };
    expect(placeText({ ...place, x: 1204.3 })).toBe("1204,96,0.125");
    expect(placeOf(placeText(place))).toEqual(place);
  });

  it.each(["", "1,2", "1,2,0", "1,,3", "a,b,c", "1,2,3,4"])("%j says none", (text) => {
    expect(placeOf(text)).toBeNull();
  });

  it("of a box: in the middle, a third of the viewer wide", () => {
    expect(placeAround({ x: 100, y: 200, width: 50, height: 40 }, 600)).toEqual({ x: 125, y: 220, pixels: 0.25 });
  });
});

it("a magnification is told by microns: half a micron to a pixel of the screen is 20x", () => {
  expect(magnificationOf(2, 0.25)).toBe(20);
  expect(pixelsAt(20, 0.25)).toBe(2);
});
