import { segmentationMetrics } from "@tessera/analysis/segmentation/metrics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { factsOf } from "./facts.ts";
import { anyPair, drawn } from "./masks.ts";

const [width, height] = [8, 6];
const none = new Uint8Array(width * height);
const some = drawn("........", ".##.....", ".##.....", ".....#..", "........", "........").mask;
const scoresOf = (truth: Uint8Array, prediction: Uint8Array, spacing: { x: number; y: number } | null = null) => {
  const facts = factsOf(truth, prediction, width, height, spacing);
  return Object.fromEntries(segmentationMetrics.map((metric) => [metric.name, metric.of(facts)]));
};
const diagonal = Math.hypot(width, height);

it("has these metrics, each with what it is printed with", () => {
  expect(segmentationMetrics.map((metric) => metric.name)).toEqual([
    "dice",
    "iou",
    "precision",
    "sensitivity",
    "volumeError",
    "equivalentError",
    "hd95",
    "assd",
    "hd95Mm",
    "assdMm",
    "nsd1",
    "nsd2",
    "nsd3",
    "lesionF1",
    "lesionDice",
    "largestShare",
    "specks",
    "falsePieces",
    "holes",
    "pieceExcess",
  ]);
  for (const { convention } of segmentationMetrics) {
    expect(convention).toMatch(/^per item, foreground class, both empty = undefined/);
  }
});

it("says which metrics counts alone are enough for, and gives the same of them", () => {
  const fromCounts = segmentationMetrics.filter((metric) => metric.fromCounts !== null);
  expect(fromCounts.map((metric) => metric.name)).toEqual(["dice", "iou", "precision", "sensitivity", "volumeError"]);
  for (const [truth, prediction] of [
    [some, some.toReversed()],
    [some, none],
    [none, some],
    [none, none],
  ] as const) {
    const facts = factsOf(truth, prediction, width, height, null);
    for (const metric of fromCounts) expect(metric.fromCounts!(facts.counts)).toBe(metric.of(facts));
  }
});

describe("the conventions", () => {
  it("leaves every metric undefined where both are empty", () => {
    expect(Object.values(scoresOf(none, none))).toEqual(segmentationMetrics.map(() => null));
  });

  it("rewards no empty prediction of a region", () => {
    expect(scoresOf(some, none, { x: 0.5, y: 0.5 })).toEqual({
      dice: 0,
      iou: 0,
      precision: 0,
      sensitivity: 0,
      volumeError: 1,
      equivalentError: 1,
      hd95: diagonal,
      assd: diagonal,
      hd95Mm: diagonal / 2,
      assdMm: diagonal / 2,
      nsd1: 0,
      nsd2: 0,
      nsd3: 0,
      lesionF1: 0,
      lesionDice: 0,
      largestShare: 0,
      specks: 0,
      falsePieces: 0,
      holes: 0,
      pieceExcess: 2,
    });
  });

  it("rewards no region where there is none", () => {
    expect(scoresOf(none, some)).toMatchObject({
      dice: 0,
      precision: 0,
      sensitivity: null,
      volumeError: null,
      equivalentError: null,
      hd95: diagonal,
      hd95Mm: null,
      nsd3: 0,
      lesionF1: 0,
      lesionDice: 0,
      falsePieces: 2,
      pieceExcess: 2,
    });
  });

  it("is perfect for the truth itself", () => {
    for (const { name, higherIsBetter, of } of segmentationMetrics.filter((metric) => metric.name !== "largestShare")) {
      expect(of(factsOf(some, some, width, height, { x: 2, y: 1 })), name).toBe(higherIsBetter ? 1 : 0);
    }
  });
});

it("measures in mm what it measures in pixels, where pixels are 1 mm", () => {
  fc.assert(
    fc.property(anyPair, (pair) => {
      const facts = factsOf(pair.truth, pair.prediction, pair.width, pair.height, { x: 1, y: 1 });
      const score = (name: string) => segmentationMetrics.find((metric) => metric.name === name)!.of(facts);
      expect(score("hd95Mm")).toBe(score("hd95"));
      expect(score("assdMm")).toBe(score("assd"));
      const [dice, iou] = [score("dice"), score("iou")];
      if (dice === null) expect(iou).toBeNull();
      else expect(iou).toBeCloseTo(dice / (2 - dice), 12);
    }),
    { seed: 71 },
  );
});
