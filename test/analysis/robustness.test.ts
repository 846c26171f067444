/** Robustness curves with known areas, breakdown points and rank swaps, and AUCs on noisy labels corrected back. */

import { rank } from "@tessera/analysis/classification/ranking";
import { auc } from "@tessera/analysis/classification/roc";
import { predictionTable } from "@tessera/analysis/classification/table";
import { areaUnder, compareAreas, meanOverRange } from "@tessera/analysis/robustness/area";
import { breakdownOf, breakdownPoint, compareBreakdowns } from "@tessera/analysis/robustness/breakdown";
import { correctAuc, correctedAuc, symmetricFlips } from "@tessera/analysis/robustness/correctedAuc";
import { type SeedCurves, seedCurves } from "@tessera/analysis/robustness/curve";
import { rankSwaps } from "@tessera/analysis/robustness/grid";
import { robustnessSentence } from "@tessera/analysis/robustness/sentences";
import { oneClass } from "@tessera/domain/classValues";
import { addClassNoise } from "@tessera/domain/noise/classNoise";
import { randomStream } from "@tessera/domain/random";
import { describe, expect, it } from "vitest";

const curvesOf = (name: string, x: readonly number[], values: readonly (readonly number[])[]): SeedCurves => ({
  ...{ name, x, incompleteSeeds: 0, items: 10 },
  seeds: values.map((each, seed) => ({ seed, values: each })),
});

describe("seedCurves", () => {
  const scored = (seed: number, ...scores: (number | null)[]) => ({
    seed,
    scores: new Map(scores.map((score, i) => [`item ${i}`, score])),
  });

  it("are on the items that every cell scores, of seeds that every cell has", () => {
    const cells = [
      { level: 0, x: 0, runs: [scored(1, 0.9, 0.7, 0.1), scored(2, 0.8, 0.6, 0.1), scored(3, 0.8, 0.6, 0.1)] },
      { level: 2, x: 2, runs: [scored(2, 0.5, 0.3, null), scored(1, 0.4, 0.2, 0.9)] },
    ];
    const curves = seedCurves({ name: "a", cells })!;
    expect(curves).toMatchObject({ x: [0, 2], incompleteSeeds: 1, items: 2 });
    expect(curves.seeds.map(({ seed }) => seed)).toEqual([1, 2]);
    const [one, two] = curves.seeds.map(({ values }) => values);
    for (const [got, expected] of [[one, [(0.9 + 0.7) / 2, (0.4 + 0.2) / 2]], [two, [0.7, 0.4]]] as const) {
      for (const [i, value] of expected.entries()) expect(got![i]).toBeCloseTo(value, 12);
    } // biome-ignore format: short
  });

  it("are none before every place is known, nor of one level", () => {
    const cell = { level: 0, x: 0, runs: [{ seed: 1, value: 0.8, n: 5 }] };
    expect(seedCurves({ name: "a", cells: [cell] })).toBeNull();
    expect(seedCurves({ name: "a", cells: [cell, { ...cell, level: 0.2, x: null }] })).toBeNull();
    expect(seedCurves({ name: "a", cells: [cell, { ...cell, level: 0.2, x: 0.1 }] })!.seeds).toEqual([
      { seed: 1, values: [0.8, 0.8] },
    ]);
  });
});

describe("area", () => {
  it("is the mean over the range, whatever the spacing of the levels", () => {
    const line = (x: number) => 0.9 - 0.5 * x;
    for (const x of [[0, 0.8], [0, 0.1, 0.5, 0.8]]) expect(meanOverRange(x, x.map(line))).toBeCloseTo(line(0.4), 12); // biome-ignore format: short
    expect(meanOverRange([0, 1, 3], [1, 0.5, 0.5])).toBeCloseTo((0.75 * 1 + 0.5 * 2) / 3, 12);
    expect(() => meanOverRange([0, 0], [1, 1])).toThrow("ascending places");
    expect(() => meanOverRange([0], [1])).toThrow("two or more");
  });

  it("has an interval over seeds, and differences are of paired ones", () => {
    const values = [0.8, 0.82, 0.79, 0.81, 0.8];
    const flat = curvesOf("flat", [0, 1], values.map((value) => [value, value])); // biome-ignore format: short
    const falling = curvesOf("falling", [0, 1], values.map((value, i) => [value, value - 0.2 - 0.001 * i])); // biome-ignore format: short
    const summary = areaUnder(flat)!;
    expect(summary.mean).toBeCloseTo(values.reduce((a, b) => a + b) / 5, 12);
    expect(summary.high! - summary.low!).toBeCloseTo((2 * 2.776445 * summary.sd!) / Math.sqrt(5), 5);
    const { compared } = compareAreas(flat, falling, {});
    expect(compared!.difference.estimate).toBeCloseTo(-0.1 - 0.001, 12);
    expect(compared!.verdict).toBe("worse");
    const pending = compareAreas(flat, falling, { runs: { planned: 4, pending: 1, failed: 0 } });
    expect(pending.compared!.verdict).toBeNull();
    expect(compareAreas(null, flat, {})).toEqual({ compared: null, reason: expect.stringContaining("every level") });
  });
});

describe("breakdown point", () => {
  it("is where half of the distance to chance is lost, on a line between two levels", () => {
    const x = [0, 0.2, 0.4, 0.6];
    expect(breakdownPoint(x, [0.9, 0.9, 0.6, 0.5], 0.5)!.at).toBeCloseTo(0.2 + (0.2 * (0.9 - 0.7)) / (0.9 - 0.6), 12);
    expect(breakdownPoint(x, [0.9, 0.7, 0.6, 0.5], 0.5)!.at).toBeCloseTo(0.2, 12);
    expect(breakdownPoint(x, [0.9, 0.8, 0.8, 0.71], 0.5)).toEqual({ at: null });
    expect(breakdownPoint(x, [0.5, 0.4, 0.4, 0.4], 0.5)).toBeNull();
  });

  it("of planted curves is the planted place, and censored seeds bound it from below", () => {
    const x = Array.from({ length: 25 }, (_, i) => i / 24);
    const logistic = (place: number) => x.map((at) => 0.5 + 0.4 / (1 + Math.exp((at - place) / 0.02)));
    const places = [0.3, 0.35, 0.4, 0.32, 0.41];
    const found = breakdownOf(curvesOf("a", x, places.map(logistic)), 0.5)!; // biome-ignore format: short
    for (const [i, { at }] of found.perSeed.entries()) expect(at).toBeCloseTo(places[i]!, 2);
    expect([found.reached, found.seeds]).toEqual([5, 5]);
    expect(found.low! < 0.356 && 0.356 < found.high!).toBe(true);
    const censored = breakdownOf(curvesOf("b", x, [0.3, 5].map(logistic)), 0.5)!; // biome-ignore format: short
    expect(censored).toMatchObject({ reached: 1, seeds: 2, last: 1, high: null });
    expect(censored.estimate).toBeCloseTo((0.3 + 1) / 2, 2);
    const { compared } = compareBreakdowns(curvesOf("a", x, places.map(logistic)), curvesOf("c", x, places.map((place) => logistic(place + 0.2))), 0.5, undefined); // biome-ignore format: short
    expect(compared!.verdict).toBe("better");
    expect(compared!.difference.estimate).toBeCloseTo(0.2, 2);
    expect(breakdownOf(curvesOf("a", x, places.map(logistic)), null)).toBeNull(); // biome-ignore format: short
  });
});

it("breakdown points are not compared where no seed of either breaks down", () => {
  const flat = curvesOf("flat", [0, 1], [[0.9, 0.9]]);
  const reason = "Neither breaks down within the levels.";
  expect(compareBreakdowns(flat, { ...flat, name: "too" }, 0.5, undefined)).toEqual({ compared: null, reason });
  const falling = curvesOf("falling", [0, 1], [[0.9, 0.5]]);
  expect(compareBreakdowns(flat, falling, 0.5, undefined).compared!.difference.estimate).toBeCloseTo(-0.5, 12);
});

describe("rankSwaps", () => {
  const cell = (method: string, evaluationLevel: number, ...values: number[]) => ({
    ...{ method, trainingLevel: 0, evaluationLevel },
    runs: values.map((value, seed) => ({ seed, value, n: 10 })),
  });
  const five = (value: number) => [0, 1, 2, 3, 4].map((seed) => value + 0.001 * (seed % 3));

  it("are pairs in another order than on clean labels, decided where both orders have a verdict", () => {
    const cells = [
      ...[cell("a", 0, ...five(0.8)), cell("b", 0, ...five(0.7).reverse()), cell("c", 0, ...five(0.6))],
      ...[cell("a", 0.3, ...five(0.5)), cell("b", 0.3, ...five(0.6).reverse()), cell("c", 0.3, ...five(0.4))],
    ];
    const swap = { trainingLevel: 0, evaluationLevel: 0.3, better: "a", worse: "b", decided: true };
    expect(rankSwaps(cells, { higherIsBetter: true })).toEqual([swap]);
    expect(rankSwaps(cells, { higherIsBetter: false })).toEqual([{ ...swap, better: "b", worse: "a" }]);
    const runs = { planned: 20, pending: 1, failed: 0 };
    expect(rankSwaps(cells, { higherIsBetter: true, runs })).toEqual([{ ...swap, decided: false }]);
  });

  it("are means alone below five seeds, and none where a cell is empty", () => {
    const cells = [cell("a", 0, 0.8), cell("b", 0, 0.7), cell("a", 0.3, 0.5), cell("b", 0.3, 0.6)];
    expect(rankSwaps(cells, { higherIsBetter: true })).toMatchObject([{ decided: false }]);
    expect(rankSwaps([...cells.slice(0, 3), cell("b", 0.3)], { higherIsBetter: true })).toEqual([]);
  });
});

describe("corrected AUC", () => {
  it("undoes what random flips do, exactly where the shares are the expected ones", () => {
    // 400 items, half positive: flipping the expected share of every score's items leaves the scores' order as it was
    const [lost, gained] = [0.3, 0.1];
    const truth: number[] = [];
    const scores: number[] = [];
    const noisy: number[] = [];
    for (const [label, score, count] of [[1, 0.9, 60], [1, 0.4, 40], [0, 0.6, 30], [0, 0.1, 70]] as const) {
      for (let i = 0; i < count * 10; i++) {
        const flips = i % 10 < 10 * (label === 1 ? lost : gained);
        truth.push(label);
        scores.push(score);
        noisy.push(flips ? 1 - label : label);
      }
    } // biome-ignore format: short
    const [clean, corrupted] = [auc(rank(truth, scores))!, auc(rank(noisy, scores))!];
    const prevalence = noisy.reduce((a, b) => a + b) / noisy.length;
    expect(corrupted).toBeLessThan(clean - 0.1);
    expect(correctAuc(corrupted, prevalence, { lost, gained })).toBeCloseTo(clean, 10);
    expect(correctAuc(0.5, 0.5, { lost: 0.5, gained: 0.5 })).toBeNull();
    expect(correctAuc(0.7, 0.05, { lost, gained })).toBeNull(); // fewer positives than the noise alone makes
  });

  it("of exclusive classes under our own symmetric noise comes back to the clean one", () => {
    const random = randomStream("corrected");
    const classes = ["x", "y", "z"];
    const items = Array.from({ length: 6000 }, (_, i) => ({ key: `${i}`, values: oneClass(i % 3, 3) }));
    const probabilities = items.map((_, i) => {
      const raw = classes.map((_, index) => Math.exp(1.5 * (i % 3 === index ? 1 : 0) + random.normal()));
      const sum = raw.reduce((a, b) => a + b);
      return raw.map((each) => each / sum);
    });
    const tableOf = (values: readonly (readonly (0 | 1 | null)[])[]) =>
      predictionTable(
        items.map(({ key }, i) => ({ itemId: key, truth: values[i]!, probabilities: probabilities[i]! })),
        { classes, exclusive: true },
      );
    const shape = { classes: 3, exclusive: true };
    const noisy = addClassNoise(items, { kind: "symmetric", rate: 0.45 }, 1, shape).values;
    const clean = correctedAuc(tableOf(items.map(({ values }) => values)), 0)!;
    expect(correctedAuc(tableOf(noisy), 0)!).toBeLessThan(clean - 0.1);
    expect(Math.abs(correctedAuc(tableOf(noisy), 0.45)! - clean)).toBeLessThan(0.02);
    expect(symmetricFlips(0.45, { classes, exclusive: true })).toEqual({ lost: 0.45 * (2 / 3), gained: 0.15 });
    expect(symmetricFlips(0.4, { classes, exclusive: false })).toEqual({ lost: 0.2, gained: 0.2 });
  });
});

it("the sentence names kind, verdict and numbers, and says where there is nothing to compare", () => {
  const of = (
    method: string,
    verdict: "better" | "worse" | "undecided" | "equivalent" | null,
    estimate: number | null,
  ) => ({
    ...{ method, verdict, estimate },
    ...(estimate === null ? { low: null, high: null, detectable: null } : { low: -0.1, high: 0.2, detectable: 0.05 }),
  });
  const told = { reference: "plain", metric: "Dice", delta: 0.02 };
  const noises = [
    { noise: "dilation", differences: [of("a", "better", 0.1), of("b", "worse", -0.1)] },
    { noise: "blobs", differences: [of("a", "undecided", 0.1), of("b", null, null)] },
  ];
  expect(robustnessSentence(noises, told)).toBe(
    "Under dilation noise a is better (0.100, 95 % interval −0.100 to 0.200); plain is better than b (−0.100, 95 % interval −0.100 to 0.200). Under blobs noise a is undecided (0.100, 95 % interval −0.100 to 0.200), a difference of 0.050 would be found with 80 % chance; b has no comparison yet. Differences of the mean Dice over the noise range from plain’s.",
  );
  expect(robustnessSentence([{ noise: "x", differences: [] }], told)).toContain("One method, plain");
});
