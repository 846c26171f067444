import { squaredDistances } from "@tessera/analysis/segmentation/distanceTransform";
import { outlineOf } from "@tessera/analysis/segmentation/surface";
import { surfaceDistances } from "@tessera/analysis/segmentation/surfaceDistances";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyMask, anyPair, drawn } from "./masks.ts";

const spacings = fc.record({ x: fc.constantFrom(1, 0.5, 0.7, 3), y: fc.constantFrom(1, 2, 0.3) });

it("gives the distance to the nearest pixel, in oblong pixels too", () => {
  fc.assert(
    fc.property(anyMask, spacings, ({ mask, width, height }, spacing) => {
      const squared = squaredDistances(mask, width, height, spacing);
      const foreground = [...mask.keys()].filter((i) => mask[i] === 1);
      for (let i = 0; i < mask.length; i++) {
        const [x, y] = [i % width, Math.floor(i / width)];
        const all = foreground.map(
          (j) => (((j % width) - x) * spacing.x) ** 2 + ((Math.floor(j / width) - y) * spacing.y) ** 2,
        );
        const nearest = Math.min(...all, Number.POSITIVE_INFINITY);
        if (nearest === Number.POSITIVE_INFINITY) expect(squared[i]).toBe(nearest);
        else expect(squared[i]).toBeCloseTo(nearest, 9);
      }
    }),
    { seed: 21, numRuns: 300 },
  );
});

it("refuses a spacing that is no length", () => {
  expect(() => squaredDistances(new Uint8Array(4), 2, 2, { x: 1, y: 0 })).toThrow(
    "expected lengths above 0, got 1 x 0",
  );
});

it("takes for the outline what has a side in common with the background, or with the border", () => {
  const { mask, width, height } = drawn("#####", "####.", "#####", ".####");
  expect(outlineOf(mask, width, height)).toEqual(drawn("#####", "#..#.", "#...#", ".####").mask);
});

describe("surfaceDistances", () => {
  it("measures two squares a column apart", () => {
    const [a, b] = [drawn("##....", "##...."), drawn("...##.", "...##.")];
    const [near, far] = [2, 3];
    expect(surfaceDistances(a.mask, b.mask, 6, 2)).toEqual({
      hd: far,
      hd95: far,
      assd: (near + far) / 2,
      nsd: [0, 1 / 2, 1],
    });
    expect(surfaceDistances(a.mask, b.mask, 6, 2, { x: 0.5, y: 9 })).toMatchObject({ hd: far / 2, nsd: [1 / 2, 1, 1] });
  });

  it("is null where a mask is empty, 0 where both are one", () => {
    const [one, none] = [drawn("#.").mask, drawn("..").mask];
    for (const [a, b] of [
      [one, none],
      [none, one],
      [none, none],
    ] as const) {
      expect(surfaceDistances(a, b, 2, 1)).toEqual({ hd: null, hd95: null, assd: null, nsd: [null, null, null] });
    }
    expect(surfaceDistances(one, one, 2, 1)).toEqual({ hd: 0, hd95: 0, assd: 0, nsd: [1, 1, 1] });
  });

  it("is the same both ways, and never larger in the mean than at the worst", () => {
    fc.assert(
      fc.property(anyPair, ({ truth, prediction, width, height }) => {
        const there = surfaceDistances(truth, prediction, width, height);
        const back = surfaceDistances(prediction, truth, width, height);
        expect(back).toEqual({ ...there, assd: there.assd === null ? null : expect.closeTo(there.assd, 9) });
        if (there.hd === null) return;
        expect(there.hd95!).toBeLessThanOrEqual(there.hd);
        expect(there.assd!).toBeLessThanOrEqual(there.hd);
      }),
      { seed: 22, numRuns: 300 },
    );
  });
});
