/** The mask editor's tools against scikit-image and SciPy (fixtures/maskTools.py), and what is drawn against what is stored. */
import { readFileSync } from "node:fs";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { stroke } from "@/features/annotate/mask/brush";
import { combine, dice, differences } from "@/features/annotate/mask/combine";
import { MaskHistory, union } from "@/features/annotate/mask/history";
import { emptyMask, paint } from "@/features/annotate/mask/maskImage";
import { encodeGreyPng, indicesOf, storedValues } from "@/features/annotate/mask/png";
import { polygon } from "@/features/annotate/mask/polygon";
import { fill, holes, regionGrow, threshold } from "@/features/annotate/mask/regionGrow";

interface Fixture {
  readonly width: number;
  readonly height: number;
  readonly picture: number[];
  readonly strokes: { from: [number, number]; to: [number, number]; radius: number; runs: number[] }[];
  readonly polygons: { points: [number, number][]; runs: number[] }[];
  readonly grown: { at: [number, number]; tolerance: number; runs: number[] }[];
  readonly filled: { mask: number[]; at: [number, number]; fill: number[]; holes: number[] }[];
}
const fixture: Fixture = JSON.parse(readFileSync(new URL("fixtures/maskTools.json", import.meta.url), "utf8"));
const { width, height } = fixture;
const point = ([x, y]: readonly [number, number]) => ({ x, y });
const centre = ([x, y]: readonly [number, number]) => ({ x: x + 0.5, y: y + 0.5 });

function decoded(runs: readonly number[]): Uint8Array {
  const mask = new Uint8Array(width * height);
  let at = 0;
  for (const [place, length] of runs.entries()) {
    if (place % 2 === 1) mask.fill(1, at, at + length);
    at += length;
  }
  return mask;
}
const differing = (a: Uint8Array, b: Uint8Array) => a.reduce((sum, value, at) => sum + (value === b[at] ? 0 : 1), 0);

describe("as scikit-image and SciPy have it, to the pixel", () => {
  it("a stroke of the brush", () => {
    for (const { from, to, radius, runs } of fixture.strokes) {
      const { reached, box } = stroke(point(from), point(to), radius, width, height);
      const expected = decoded(runs);
      // the pixel under the pointer is always drawn; there a fine brush may reach no centre
      expect(differing(reached, expected)).toBe(0);
      const outside = expected.some((value, at) => value === 1 && !(at % width >= box.x0 && at % width < box.x1 && Math.floor(at / width) >= box.y0 && Math.floor(at / width) < box.y1)); // biome-ignore format: one line
      expect(outside).toBe(false);
    }
  });

  it("a polygon, also one that crosses itself or leaves the image", () => {
    for (const { points, runs } of fixture.polygons)
      expect(differing(polygon(points.map(point), width, height).reached, decoded(runs))).toBe(0);
  });

  it("an area grown from a pixel within a tolerance", () => {
    const image = { width, height, grey: Uint8Array.from(fixture.picture) };
    for (const { at, tolerance, runs } of fixture.grown)
      expect(differing(regionGrow(image, centre(at), tolerance), decoded(runs))).toBe(0);
  });

  it("a filled area, and holes", () => {
    for (const each of fixture.filled) {
      const mask = { width, height, indices: decoded(each.mask) };
      expect(differing(fill(mask, centre(each.at)), decoded(each.fill))).toBe(0);
      expect(differing(holes(mask, 1), decoded(each.holes))).toBe(0);
    }
  });
});

it("two polygons that share an edge through pixel centres share no pixel, and leave none out", () => {
  const left = polygon([{ x: 0, y: 0 }, { x: 3.5, y: 0 }, { x: 3.5, y: 5 }, { x: 0, y: 5 }], 8, 5); // biome-ignore format: one line
  const right = polygon([{ x: 3.5, y: 0 }, { x: 8, y: 0 }, { x: 8, y: 5 }, { x: 3.5, y: 5 }], 8, 5); // biome-ignore format: one line
  expect([...left.reached].map((value, at) => value + right.reached[at]!)).toEqual(new Array(40).fill(1));
});

it("a threshold keeps to its area and its values", () => {
  const image = { width: 3, height: 1, grey: Uint8Array.of(10, 20, 30) };
  expect([...threshold(image, Uint8Array.of(1, 1, 0), 20, 30)]).toEqual([0, 1, 0]);
});

it("a fine brush draws the pixel that it points at", () => {
  const { reached } = stroke({ x: 2.1, y: 1.1 }, { x: 2.1, y: 1.1 }, 0.5, 4, 3);
  expect([...reached.keys()].filter((at) => reached[at] === 1)).toEqual([6]);
});

describe("painting", () => {
  it("spares other classes where it is to, and says which pixels changed", () => {
    const mask = { width: 3, height: 2, indices: Uint8Array.of(0, 2, 0, 1, 0, 0) };
    const everywhere = new Uint8Array(6).fill(1);
    expect(paint(mask, everywhere, { value: 1, only: 0 })).toEqual({ x0: 0, y0: 0, x1: 3, y1: 2 });
    expect([...mask.indices]).toEqual([1, 2, 1, 1, 1, 1]);
    expect(paint(mask, everywhere, { value: 0, only: 2 })).toEqual({ x0: 1, y0: 0, x1: 2, y1: 1 });
    expect(paint(mask, everywhere, { value: 0, only: 2 })).toBeNull();
  });

  it("is undone and done again, step by step, whatever the order; a new step ends what was undone", () => {
    const mask = emptyMask(width, height);
    const history = new MaskHistory(mask);
    const states = [mask.indices.slice()];
    for (const { from, to, radius } of fixture.strokes.slice(0, 6)) {
      const a = stroke(point(from), point(from), radius, width, height);
      const b = stroke(point(from), point(to), radius, width, height);
      const changed = union(
        paint(mask, a.reached, { value: 1 + (states.length % 2), only: null }, a.box),
        paint(mask, b.reached, { value: 1 + (states.length % 2), only: null }, b.box),
      );
      history.commit(changed);
      if (changed) states.push(mask.indices.slice());
    }
    const last = states.length - 1;
    for (let step = last - 1; step >= 0; step--) {
      history.undo();
      expect(differing(mask.indices, states[step]!)).toBe(0);
    }
    expect([history.undo(), history.canUndo]).toEqual([null, false]);
    for (let step = 1; step <= last; step++) {
      history.redo();
      expect(differing(mask.indices, states[step]!)).toBe(0);
    }
    history.undo();
    mask.indices[0] = 3;
    history.commit({ x0: 0, y0: 0, x1: 1, y1: 1 });
    expect([history.canRedo, history.redo()]).toEqual([false, null]);
    history.undo();
    expect(differing(mask.indices, states[last - 1]!)).toBe(0);
  });
});

describe("what is stored", () => {
  it.each([1, 3])(
    "is what was drawn, pixel by pixel, as a decoder that shares no code reads it: %i classes",
    async (classes) => {
      const drawn = Uint8Array.from({ length: width * height }, (_, at) => ((at * 7919) % 13 <= classes ? (at * 7919) % 13 : 0)); // biome-ignore format: one line
      const png = await encodeGreyPng(storedValues(drawn, classes), width, height);
      const { data, info } = await sharp(png).toColourspace("b-w").raw().toBuffer({ resolveWithObject: true });
      expect([info.width, info.height, info.channels]).toEqual([width, height, 1]);
      expect((await sharp(png).metadata()).bitsPerSample ?? 8).toBe(8);
      expect(differing(indicesOf(new Uint8Array(data), classes), drawn)).toBe(0);
    },
  );
});

describe("several readers' masks", () => {
  const masks = [Uint8Array.of(0, 1, 1, 2, 0), Uint8Array.of(0, 1, 2, 2, 1), Uint8Array.of(0, 0, 2, 2, 1)];

  it("are combined as said, and differ where they differ", () => {
    expect([...combine(masks, "union")]).toEqual([0, 1, 1, 2, 1]);
    expect([...combine(masks, "intersection")]).toEqual([0, 0, 0, 2, 0]);
    expect([...combine(masks, "majority")]).toEqual([0, 1, 2, 2, 1]);
    expect([...combine(masks.slice(0, 2), "majority")]).toEqual([0, 1, 0, 2, 0]);
    expect([...differences(masks)]).toEqual([0, 1, 1, 0, 1]);
  });

  it("have a Dice, or none where both are empty", () => {
    expect(dice(masks[0]!, masks[1]!)).toBeCloseTo((2 * 2) / (3 + 4), 12);
    expect(dice(new Uint8Array(3), new Uint8Array(3))).toBeNull();
  });
});
