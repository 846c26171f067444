import { squaredDistances } from "@tessera/analysis/segmentation/distanceTransform";
import { equivalentError } from "@tessera/analysis/segmentation/equivalentError";
import { errorCurves } from "@tessera/analysis/segmentation/errorCurves";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countsOf } from "./facts.ts";
import { byPixel } from "./masks.ts";

const [width, height] = [96, 80];
/** An ellipse that stays clear of the border by 25 pixels. */
const ellipse = fc.record({
  x: fc.integer({ min: 42, max: 50 }),
  y: fc.integer({ min: 38, max: 42 }),
  a: fc.integer({ min: 8, max: 16 }),
  b: fc.integer({ min: 8, max: 12 }),
});
const drawnEllipse = ({ x: cx, y: cy, a, b }: { x: number; y: number; a: number; b: number }, dx = 0, dy = 0) =>
  byPixel(width, height, (x, y) => ((x - cx - dx) / a) ** 2 + ((y - cy - dy) / b) ** 2 <= 1);
const errorOf = (truth: Uint8Array, prediction: Uint8Array) =>
  equivalentError(errorCurves(truth, width, height), countsOf(truth, prediction))!;

describe("equivalentError", () => {
  it("is k for a truth that is eroded or dilated by k", () => {
    fc.assert(
      fc.property(ellipse, fc.integer({ min: 1, max: 6 }), (shape, k) => {
        const truth = drawnEllipse(shape);
        const outside = squaredDistances(truth, width, height);
        const inside = squaredDistances(
          truth.map((value) => 1 - value),
          width,
          height,
        );
        const [dilated, eroded] = [
          truth.map((_, i) => +(outside[i]! <= k * k)),
          truth.map((_, i) => +(inside[i]! > k * k)),
        ];
        expect(errorOf(truth, dilated).pixels).toBeCloseTo(k, 3);
        expect(errorOf(truth, eroded).pixels).toBeCloseTo(k, 3);
      }),
      { seed: 51, numRuns: 60 },
    );
  });

  it("is k for one that is moved by k, in the mean of the four ways", () => {
    fc.assert(
      fc.property(ellipse, fc.integer({ min: 1, max: 12 }), (shape, k) => {
        const truth = drawnEllipse(shape);
        const ways = [
          [k, 0],
          [-k, 0],
          [0, k],
          [0, -k],
        ] as const;
        const errors = ways.map(([dx, dy]) => errorOf(truth, drawnEllipse(shape, dx, dy)).pixels);
        expect(errors.reduce((sum, each) => sum + each, 0) / 4 / k).toBeCloseTo(1, 1);
        const round = drawnEllipse({ ...shape, a: 10, b: 10 });
        for (const [dx, dy] of ways) {
          expect(errorOf(round, drawnEllipse({ ...shape, a: 10, b: 10 }, dx, dy)).pixels).toBeCloseTo(k, 3);
        }
      }),
      { seed: 52, numRuns: 40 },
    );
  });

  const truth = drawnEllipse({ x: 45, y: 40, a: 10, b: 10 });
  const none = new Uint8Array(truth.length);

  it("is 0 for the truth itself and undefined for an empty one", () => {
    expect(errorOf(truth, truth)).toEqual({ pixels: 0, atLeast: false });
    expect(equivalentError(errorCurves(none, width, height), countsOf(none, truth))).toBeNull();
  });

  it("is at least what takes all of the truth where nothing is found", () => {
    expect(errorOf(truth, none)).toEqual({ pixels: 11, atLeast: true }); // 10.6 pixels from the centre to the background
    const elsewhere = drawnEllipse({ x: 80, y: 40, a: 10, b: 10 });
    expect(errorOf(truth, elsewhere)).toEqual({ pixels: 21, atLeast: true }); // as many pixels: moved out of itself
    const much = byPixel(width, height, (x) => x >= 60);
    const { errors } = errorCurves(truth, width, height)!;
    expect(errorOf(truth, much)).toEqual({ pixels: errors.at(-1), atLeast: true });
  });

  it("grows with every pixel missed", () => {
    const missed = [...truth.keys()].filter((i) => truth[i] === 1 && i % 7 === 0);
    let prediction = truth;
    let before = 0;
    for (const pixel of missed) {
      prediction = prediction.with(pixel, 0);
      const { pixels } = errorOf(truth, prediction);
      expect(pixels).toBeGreaterThanOrEqual(before);
      before = pixels;
    }
    expect(before).toBeGreaterThan(0);
  });
});
