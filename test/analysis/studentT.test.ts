import {
  detectableEffect,
  equivalenceProbability,
  tInterval,
  tProbability,
  tQuantile,
  tTestPower,
} from "@tessera/analysis/studentT";
import { mean, meanAndSd, median, standardDeviation } from "@tessera/analysis/summary";
import { describe, expect, it } from "vitest";
import fixtures from "./fixtures/studentT.json" with { type: "json" }; // SciPy and statsmodels, by studentT.py

describe("Student's t against SciPy and statsmodels", () => {
  it.each(fixtures.quantiles)("quantile $probability with $df degrees of freedom", ({ probability, df, t }) => {
    expect(tQuantile(probability, df)).toBeCloseTo(t, 6);
    expect(tProbability(t, df)).toBeCloseTo(probability, 7);
  });

  it.each(fixtures.samples)("mean, SD, interval and TOST of $values.length values", (sample) => {
    expect(mean(sample.values)).toBeCloseTo(sample.mean, 12);
    expect(standardDeviation(sample.values)).toBeCloseTo(sample.sd, 12);
    const { low, high } = tInterval(sample.values);
    expect(low).toBeCloseTo(sample.low, 7);
    expect(high).toBeCloseTo(sample.high, 7);
    expect(equivalenceProbability(sample.values, sample.delta)).toBeCloseTo(sample.tostP, 7);
  });

  it.each(fixtures.power)("power of n = $n for $effect SD", ({ n, effect, power }) => {
    expect(tTestPower(effect, 1, n)).toBeCloseTo(power, 5);
    expect(tTestPower(effect * 0.03, 0.03, n)).toBeCloseTo(power, 5); // depends on effect / SD alone
  });

  it.each(fixtures.detectable)("effect detectable with n = $n", ({ n, effect }) => {
    expect(detectableEffect(1, n)).toBeCloseTo(effect, 4);
    expect(detectableEffect(0.02, n)).toBeCloseTo(0.02 * effect, 6);
  });
});

it("has no spread and no interval for one value, and none for no value", () => {
  expect(standardDeviation([0.7])).toBeNull();
  expect(tInterval([0.7])).toEqual({ low: null, high: null });
  expect(detectableEffect(0.1, 1)).toBeNull();
  expect(equivalenceProbability([0.7], 0.1)).toBeNull();
  expect(meanAndSd([])).toEqual({ mean: null, sd: null });
  expect(() => mean([])).toThrow("at least one value");
});

it("does not divide by a spread of zero", () => {
  expect(tInterval([0.5, 0.5, 0.5])).toEqual({ low: 0.5, high: 0.5 });
  expect(detectableEffect(0, 5)).toBe(0);
  expect(equivalenceProbability([0.1, 0.1], 0.2)).toBe(0);
  expect(equivalenceProbability([0.3, 0.3], 0.2)).toBe(1);
});

it("takes the middle", () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([])]).toEqual([2, (2 + 3) / 2, null]);
});
