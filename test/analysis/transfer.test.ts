import { readFileSync } from "node:fs";
import { classificationMetrics } from "@tessera/analysis/classification/metrics";
import { predictionTable } from "@tessera/analysis/classification/table";
import { segmentationMetrics } from "@tessera/analysis/segmentation/metrics";
import { compareCells, summarizeCell } from "@tessera/analysis/transfer/cells";
import { classificationChance, segmentationChance } from "@tessera/analysis/transfer/chance";
import { closing, type FractionGap } from "@tessera/analysis/transfer/closing";
import { learningCurve } from "@tessera/analysis/transfer/learningCurve";
import { armSentence, boardSentence, type Said } from "@tessera/analysis/transfer/sentences";
import { speedGap } from "@tessera/analysis/transfer/speedGap";
import { commonTarget, type SeedCurve, stepsToTarget } from "@tessera/analysis/transfer/target";
import { oneClass } from "@tessera/domain/classValues";
import { describe, expect, it } from "vitest";

/** By scikit-learn and SciPy: fixtures/transfer.py. */
const fixture = JSON.parse(readFileSync(new URL("./fixtures/transfer.json", import.meta.url), "utf8")) as {
  chance: ({ truth: number[]; classes: number } & Record<string, number>)[];
  speed: { reference: number[]; arm: number[]; ratio: number; low: number; high: number }[];
  crossing: { steps: number[]; values: number[]; targets: number[]; reached: number[] };
};

const curve = (steps: number[], values: number[], seed = 1): SeedCurve => ({ seed, steps, values });

describe("chance", () => {
  it.each(fixture.chance)("of $classes exclusive classes is scikit-learn's guess of the shares", (known) => {
    const classes = Array.from({ length: known.classes }, (_, i) => `class ${i}`);
    const predictions = known.truth.map((of, i) => ({
      itemId: `${i}`,
      truth: oneClass(of, known.classes),
      probabilities: oneClass(0, known.classes).map(Number), // what a run said does not count
    }));
    const table = predictionTable(predictions, { classes, exclusive: true });
    const of = (name: string) => classificationChance(classificationMetrics.find((each) => each.name === name)!, table);
    for (const name of ["accuracy", "balancedAccuracy", "logLoss", "averagePrecision", "brier"]) {
      expect(of(name).value, name).toBeCloseTo(known[name]!, 12);
    }
    expect(of("auc").value).toBe(0.5);
    expect(of("sensitivityAtSpecificity").value).toBeCloseTo(0.05, 12);
    expect(of("expectedCalibrationError").value).toBeNull();
  });

  it("of classes by themselves is the more frequent value of each, of what is known", () => {
    const truths = [
      [1, null],
      [1, 0],
      [1, 0],
      [0, 1],
    ] as const;
    const predictions = truths.map((truth, i) => ({ itemId: `${i}`, truth, probabilities: [0.5, 0.5] }));
    const table = predictionTable(predictions, { classes: ["a", "b"], exclusive: false });
    const accuracy = classificationMetrics.find(({ name }) => name === "accuracy")!;
    expect(classificationChance(accuracy, table).value).toBeCloseTo((1 + 1 + 1 + 0) / 4, 12);
  });

  it("of Dice is the whole image called foreground, an item without a region 0", () => {
    const counts = (truth: number) => [
      { truePositives: 0, falsePositives: 9, falseNegatives: truth, trueNegatives: 91 - truth },
    ];
    const of = (name: string) =>
      segmentationChance(segmentationMetrics.find((each) => each.name === name)!, [counts(20), counts(0)]);
    expect(of("dice").value).toBeCloseTo((40 / 120 + 0) / 2, 12);
    expect(of("iou").value).toBeCloseTo((20 / 100 + 0) / 2, 12);
    expect(of("sensitivity").value).toBeNull();
    expect(of("hd95").value).toBeNull();
  });
});

describe("the common target", () => {
  it("is 95 % of the way from chance to the mean of the seeds' best", () => {
    const curves = [curve([1, 2, 3], [0.6, 0.9, 0.8]), curve([1, 2, 3], [0.5, Number.NaN, 0.7])];
    expect(commonTarget(curves, 0.5)).toBeCloseTo(0.5 + 0.95 * (0.8 - 0.5), 12);
  });

  it("is none without a curve, and where the reference is not above chance", () => {
    expect(commonTarget([], 0.5)).toBeNull();
    expect(commonTarget([curve([1], [Number.NaN])], 0.5)).toBeNull();
    expect(commonTarget([curve([1, 2], [0.4, 0.5])], 0.5)).toBeNull();
  });

  it("is reached where numpy's line first crosses it", () => {
    const { steps, values, targets, reached } = fixture.crossing;
    targets.forEach((target, i) => {
      expect(stepsToTarget(curve(steps, values), target, 0.5)!.steps).toBeCloseTo(reached[i]!, 9);
    });
  });

  it("is reached at the first crossing, whatever comes after it, and not across a gap's value", () => {
    expect(stepsToTarget(curve([10, 20, 30], [0.5, 0.9, 0.5]), 0.7, 0.5)).toEqual({
      ...{ seed: 1, steps: 15, lastStep: 30, beforeFirstValidation: false },
    });
    expect(stepsToTarget(curve([10, 20, 30], [0.6, Number.NaN, 0.8]), 0.7, 0.5)!.steps).toBeCloseTo(20, 12);
    expect(stepsToTarget(curve([10], [Number.NaN]), 0.7, 0.5)).toBeNull();
  });

  it("reached before the first validation lies on a line from chance, and never reached is censored", () => {
    expect(stepsToTarget(curve([10, 20], [0.9, 0.9]), 0.7, 0.5)).toMatchObject({
      steps: expect.closeTo(5, 9),
      beforeFirstValidation: true,
    });
    expect(stepsToTarget(curve([10, 20], [0.6, 0.69]), 0.7, 0.5)).toEqual({
      ...{ seed: 1, steps: null, lastStep: 20, beforeFirstValidation: false },
    });
  });
});

describe("the speed gap", () => {
  const arm = (name: string, steps: readonly (number | null)[], lastStep = 1000) => ({
    name,
    runs: steps.map((each, seed) => ({ seed, steps: each, lastStep, beforeFirstValidation: false })),
  });

  it.each(fixture.speed)(
    "is SciPy's paired t interval of the logarithms",
    ({ reference, arm: other, ratio, low, high }) => {
      const gap = speedGap(arm("random", reference), { ...arm("b", other), runs: arm("b", other).runs.toReversed() });
      expect(gap).toMatchObject({ verdict: "better", seeds: reference.length, atLeast: null, atMost: null });
      expect([gap.ratio, gap.low, gap.high]).toEqual([ratio, low, high].map((each) => expect.closeTo(each, 9)));
      expect(gap.detectable).toBeLessThan(1);
    },
  );

  it("counts a run that never reached the target with all its steps, and says on which side the truth lies", () => {
    const gap = speedGap(arm("random", [100, 110, 90, 105, 95]), arm("b", [300, 320, null, 290, null]));
    const logs = [300 / 100, 320 / 110, 1000 / 90, 290 / 105, 1000 / 95].map(Math.log);
    const ratio = Math.exp(logs.reduce((sum, each) => sum + each, 0) / 5);
    expect(gap).toMatchObject({ verdict: "worse", reached: 3, reachedByReference: 5, atMost: null });
    expect([gap.ratio, gap.atLeast]).toEqual([expect.closeTo(ratio, 9), expect.closeTo(ratio, 9)]);
    expect(gap.reason).toContain("random is better than b in speed");
    expect(gap.reason).toContain(
      "3 of 5 runs of b reached the target, 5 of random; the others count with all their steps: without a budget the ratio would be larger",
    );
    const mirrored = speedGap(arm("random", [300, 320, null, 290, null]), arm("b", [100, 110, 90, 105, 95]));
    expect(mirrored).toMatchObject({ verdict: "better", atLeast: null });
    expect(mirrored.atMost).toBeCloseTo(1 / ratio, 9);
    const both = speedGap(arm("random", [300, null, 250, 290, 310]), arm("b", [100, 110, null, 105, 95]));
    expect(both).toMatchObject({ atLeast: null, atMost: null, reached: 4, reachedByReference: 4 });
  });

  it("gives no verdict below five pairs, while runs are pending, and where nobody reached the target", () => {
    const four = speedGap(arm("random", [100, 110, 90, 105]), arm("b", [10, 11, 9, 10]));
    expect(four).toMatchObject({
      verdict: null,
      reason: expect.stringContaining("at least 5 paired seeds, here are 4"),
    });
    const [a, b] = [arm("random", [100, 110, 90, 105, 95]), arm("b", [10, 11, 9, 10, 12])];
    const waits = speedGap(a, b, { runs: { planned: 12, pending: 2, failed: 0 } });
    expect(waits).toMatchObject({
      verdict: null,
      reason: "No verdict yet: 2 of 12 runs of these two arms have not ended.",
    });
    const none = speedGap(arm("random", [null, null]), arm("b", [null, null]));
    expect(none).toMatchObject({ ratio: null, low: null, verdict: null, reached: 0 });
    expect(none.reason).toBe("No verdict: no run of random or b reached the target.");
  });

  it("is undecided, with the ratio that would be found, where arms are alike", () => {
    const gap = speedGap(arm("random", [100, 110, 90, 105, 95]), arm("b", [110, 90, 105, 95, 100]));
    expect(gap).toMatchObject({ verdict: "undecided" });
    expect(gap.reason).toMatch(/A ratio of 0\.\d+ would be found with 80 % chance/);
  });
});

describe("a learning curve", () => {
  it("is the mean and the span of the seeds at each step, and leaves out steps without a score", () => {
    const band = learningCurve([curve([1, 2, 3], [0.1, Number.NaN, 0.5]), curve([1, 2, 3], [0.3, Number.NaN, 0.7])]);
    expect(band).toEqual({
      steps: [1, 3],
      mean: [0.2, 0.6],
      low: [0.1, 0.5],
      high: [0.3, 0.7],
      seeds: [2, 2],
    });
  });

  it("of many steps keeps every k-th, and the last", () => {
    const steps = Array.from({ length: 1001 }, (_, i) => i + 1);
    const band = learningCurve([curve(steps, steps)]);
    expect(band.steps.length).toBeLessThanOrEqual(200);
    expect(band.steps.at(-1)).toBe(1001);
    expect(band.mean).toEqual(band.steps);
    expect(learningCurve([])).toEqual({ steps: [], mean: [], low: [], high: [], seeds: [] });
  });
});

describe("the fraction at which the gap closes", () => {
  const gap = (fraction: number, verdict: FractionGap["verdict"], low: number | null, high: number | null) => ({
    ...{ fraction, verdict, low, high },
  });

  it("is the smallest from which on every gap is equivalent, or ends below δ", () => {
    const gaps = [
      gap(1, "undecided", -0.03, 0.015),
      gap(0.05, "better", 0.02, 0.06),
      gap(0.25, "equivalent", -0.01, 0.021),
    ];
    expect(closing(gaps, 0.02)).toEqual({
      fraction: 0.25,
      sentence:
        "The gap is closed at 25 % and at every larger fraction: an advantage of 0.02 or more is ruled out there.",
    });
    expect(closing(gaps.slice(0, 2), 0.02).fraction).toBe(1);
    expect(closing([gap(1, "worse", -0.05, -0.01)], 0.02).fraction).toBe(1);
  });

  it("is none where a larger one is open, or nothing was declared, or there is no verdict", () => {
    const reopened = [gap(0.25, "equivalent", -0.01, 0.01), gap(1, "better", 0.03, 0.05)];
    expect(closing(reopened, 0.02)).toMatchObject({
      fraction: null,
      sentence: expect.stringContaining("the gap is open"),
    });
    const again = [0.05, 0.5].map((fraction) => gap(fraction, "better", 0.03, 0.05));
    const between = [0.25, 1].map((fraction) => gap(fraction, "equivalent", -0.01, 0.01));
    expect(closing([...again, ...between], 0.02).fraction).toBe(1); // closed at 25 %, and open again at 50 %
    const wide = [gap(1, "undecided", -0.05, 0.05)];
    expect(closing(wide, 0.02)).toMatchObject({
      fraction: null,
      sentence: expect.stringContaining("is not ruled out"),
    });
    expect(closing(wide, null)).toMatchObject({
      fraction: null,
      sentence: expect.stringContaining("No δ was declared"),
    });
    const early = [gap(1, null, 0, 0.001)]; // narrow by luck, and not all runs have ended
    expect(closing(early, 0.02)).toMatchObject({ fraction: null, sentence: expect.stringContaining("no verdict yet") });
    expect(closing([], 0.02).fraction).toBeNull();
  });
});

describe("the sentences", () => {
  const said = (fraction: number, verdict: Said["verdict"], numbers: Partial<Said> = {}): Said => ({
    ...{ fraction, verdict, estimate: 0.03, low: 0.01, high: 0.05, detectable: 0.02 },
    ...numbers,
  });
  const gaps = [said(0.05, "better"), said(0.25, "undecided", { low: -0.01 }), said(1, "equivalent", { low: -0.01 })];
  const speeds = [said(0.05, "better", { estimate: 0.4, low: 0.3, high: 0.53 }), said(0.25, null, { estimate: null })];
  const told = { reference: "random", delta: 0.06 };

  it("use three words, with δ and what would be found", () => {
    const arms = [
      { name: "ImageNet", gaps, speeds },
      { name: "statistics", gaps: [said(0.05, "worse"), said(0.25, null), said(1, null)], speeds: [] },
    ];
    expect(boardSentence(arms, told)).toBe(
      "Against random. ImageNet: better at 5 %, undecided at 25 % (a difference of 0.0200 would be found with 80 % chance), equivalent within 0.06 at 100 %. statistics: random is better at 5 %, no verdict at 25 % and 100 %.",
    );
    expect(boardSentence(arms, told)).not.toMatch(/no effect|no difference/);
  });

  it("have the numbers of one arm", () => {
    expect(armSentence({ name: "ImageNet", gaps, speeds }, told)).toBe(
      "ImageNet against random, final score: better at 5 % (0.0300, 95 % interval 0.0100 to 0.0500); " +
        "undecided at 25 % (0.0300, 95 % interval -0.0100 to 0.0500; a difference of 0.0200 would be found with 80 % chance); " +
        "equivalent within 0.06 at 100 % (0.0300, 95 % interval -0.0100 to 0.0500). " +
        "Steps to the target: better at 5 % (0.400 ×, 95 % interval 0.300 × to 0.530 ×); no verdict at 25 %.",
    );
  });
});

describe("cells", () => {
  const values = (numbers: readonly (number | null)[]) => ({
    name: "a",
    runs: numbers.map((value, seed) => ({ seed, value, n: 40 })),
  });
  const items = (scores: readonly (number | null)[][]) => ({
    name: "a",
    runs: scores.map((of, seed) => ({ seed, scores: new Map(of.map((score, i) => [`${i}`, score])) })),
  });

  it("are means over seeds of a value per run, or of the items that all runs have", () => {
    expect(summarizeCell(values([0.8, null, 0.9]))).toMatchObject({
      mean: expect.closeTo(0.85, 12),
      seeds: 2,
      items: 40,
    });
    const scored = summarizeCell(
      items([
        [0.5, 0.7, null],
        [0.3, 0.5, 0.9],
      ]),
    );
    expect(scored).toMatchObject({ mean: expect.closeTo(0.5, 12), seeds: 2, items: 2 });
    expect(summarizeCell(values([]))).toMatchObject({ mean: null, sd: null, seeds: 0, perSeed: [] });
    expect(summarizeCell(items([[null], [0.5]]))).toMatchObject({ mean: null, seeds: 0 });
  });

  it("without scores, or without a seed in common, say so", () => {
    const options = { delta: null };
    expect(compareCells(values([]), values([0.5]), options)).toMatchObject({
      compared: null,
      reason: expect.stringContaining("No comparison yet"),
    });
    const other = { name: "b", runs: [{ seed: 9, value: 0.5, n: 40 }] };
    expect(compareCells(values([0.5]), other, options)).toMatchObject({
      compared: null,
      reason: expect.stringContaining("no seed in common"),
    });
  });
});
