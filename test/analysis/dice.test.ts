import {
  conventions,
  defaultConvention,
  diceOfCounts,
  iouOfCounts,
  meanScore,
  precisionOfCounts,
  sensitivityOfCounts,
} from "@tessera/analysis/dice";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import fixtures from "./fixtures/dice.json" with { type: "json" }; // scikit-learn, by dice.py

const counts = (truePositives: number, falsePositives: number, falseNegatives: number) => ({
  truePositives,
  falsePositives,
  falseNegatives,
});

it.each(fixtures)("agrees with scikit-learn at $truePositives true positives", (row) => {
  expect(diceOfCounts(row)).toBeCloseTo(row.dice, 12);
  expect(iouOfCounts(row)).toBeCloseTo(row.iou, 12);
  expect(precisionOfCounts(row)).toBeCloseTo(row.precision, 12);
  expect(sensitivityOfCounts(row)).toBeCloseTo(row.sensitivity, 12);
});

describe("conventions", () => {
  it("leaves both-empty undefined by default, and says so", () => {
    expect(defaultConvention.text).toBe("per item, foreground class, both empty = undefined");
    expect(diceOfCounts(counts(0, 0, 0))).toBeNull();
    expect([conventions.zero, conventions.one].map((each) => diceOfCounts(counts(0, 0, 0), each))).toEqual([0, 1]);
    expect(iouOfCounts(counts(0, 0, 0), conventions.one)).toBe(1);
  });

  it("scores 0 where one of both is empty, in every convention", () => {
    for (const convention of Object.values(conventions)) {
      expect(diceOfCounts(counts(0, 9, 0), convention)).toBe(0);
      expect(diceOfCounts(counts(0, 0, 9), convention)).toBe(0);
    }
    expect([precisionOfCounts(counts(0, 0, 9)), sensitivityOfCounts(counts(0, 9, 0))]).toEqual([null, null]);
  });
});

it("keeps IoU = Dice / (2 - Dice) and stays within 0..1", () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.nat(1e6), fc.nat(1e6), (tp, fp, fn) => {
      fc.pre(tp + fp + fn > 0);
      const dice = diceOfCounts(counts(tp, fp, fn))!;
      expect(dice).toBeGreaterThanOrEqual(0);
      expect(dice).toBeLessThanOrEqual(1);
      expect(iouOfCounts(counts(tp, fp, fn))).toBeCloseTo(dice / (2 - dice), 12);
    }),
    { seed: 4 },
  );
});

it("averages what is defined and counts what is not", () => {
  expect(meanScore([0.2, null, 0.6])).toEqual({ mean: (0.2 + 0.6) / 2, n: 2, undefinedItems: 1 });
  expect(meanScore([null])).toEqual({ mean: null, n: 0, undefinedItems: 1 });
});

it("refuses counts that are none", () => {
  expect(() => diceOfCounts(counts(-1, 0, 0))).toThrow("truePositives: expected a count of pixels from 0, got -1");
  expect(() => diceOfCounts(counts(1, Number.NaN, 0))).toThrow("falsePositives");
});
