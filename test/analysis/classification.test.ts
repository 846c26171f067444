import { averagePrecision } from "@tessera/analysis/classification/averagePrecision";
import { bootstrapScore } from "@tessera/analysis/classification/bootstrapScore";
import { reliability } from "@tessera/analysis/classification/calibration";
import { aucInterval, deLong } from "@tessera/analysis/classification/deLong";
import { itemAccuracy, itemBrier, itemLogLoss } from "@tessera/analysis/classification/itemScores";
import { rank } from "@tessera/analysis/classification/ranking";
import { atThreshold, auc, roc, sensitivityAtSpecificity } from "@tessera/analysis/classification/roc";
import { classificationScores } from "@tessera/analysis/classification/scores";
import { type Prediction, predictionTable } from "@tessera/analysis/classification/table";
import { randomStream } from "@tessera/domain/random";
import { describe, expect, it } from "vitest";

const item = (itemId: string, truth: Prediction["truth"], probabilities: Prediction["probabilities"]): Prediction => ({
  itemId,
  truth,
  probabilities,
});
const two = { classes: ["normal", "pneumonia"], exclusive: true };
const findings = { classes: ["mass", "effusion"], exclusive: false };

describe("a class's ranking", () => {
  it("counts pairs for AUC, a tie as half", () => {
    // positives .9 .5, negatives .5 .1: the pairs are 1, 1, ½, 1
    expect(auc(rank([1, 1, 0, 0], [0.9, 0.5, 0.5, 0.1]))).toBe((1 + 1 + 0.5 + 1) / 4);
    expect(auc(rank([1, 0, 1, 0], [0.3, 0.3, 0.3, 0.3]))).toBe(0.5);
    expect(auc(rank([0, 1], [1, 0]))).toBe(0);
  });

  it("has no AUC and no curve without a negative item, no average precision without a positive one", () => {
    const [present, absent] = [rank([1, 1], [0.1, 0.2]), rank([0, 0], [0.1, 0.2])];
    expect([auc(present), roc(present), sensitivityAtSpecificity(present, 0.9)]).toEqual([null, null, null]);
    expect([averagePrecision(present), averagePrecision(absent), auc(absent)]).toEqual([1, null, null]);
    expect(atThreshold(present, 0.15)).toEqual({ sensitivity: 1 / 2, specificity: null });
  });

  it("finds the sensitivity that is left when one negative of twenty may be called present", () => {
    const truth = [1, 1, 0, 1, ...new Array(19).fill(0)];
    const ranking = rank(
      truth,
      truth.map((_, i) => 1 - i / 100),
    );
    expect(sensitivityAtSpecificity(ranking, 0.95)).toEqual({
      threshold: 0.97,
      sensitivity: 1,
      specificity: 1 - 1 / 20,
    });
    expect(sensitivityAtSpecificity(ranking, 0.96)).toEqual({ threshold: 0.99, sensitivity: 2 / 3, specificity: 1 });
    expect(atThreshold(ranking, 0.97)).toEqual({ sensitivity: 1, specificity: 1 - 1 / 20 });
    const worst = sensitivityAtSpecificity(rank([0, 1], [1, 0]), 0.95);
    expect(worst).toEqual({ threshold: null, sensitivity: 0, specificity: 1 });
    expect(() => sensitivityAtSpecificity(ranking, 95)).toThrow("specificity: expected a number from 0 to 1, got 95");
  });

  it("weighs an item of weight two as the item twice", () => {
    const [truth, scores] = [
      [1, 0, 1, 0, 0],
      [0.9, 0.8, 0.4, 0.4, 0.2],
    ];
    const doubled = rank([...truth, 0, 1], [...scores, 0.8, 0.4]);
    const weights = [1, 2, 2, 1, 1];
    expect(auc(rank(truth, scores), weights)).toBeCloseTo(auc(doubled)!, 12);
    expect(averagePrecision(rank(truth, scores), weights)).toBeCloseTo(averagePrecision(doubled)!, 12);
  });

  it("refuses what is no ranking", () => {
    expect(() => rank([1, 0], [1])).toThrow("Expected 2 scores, one per item, got 1");
    expect(() => rank([1, 2], [1, 1])).toThrow("Item number 1: expected a truth of 0 or 1, got 2");
    expect(() => rank([1, 0], [1, Number.NaN])).toThrow("Item number 1: expected a finite score, got NaN");
  });
});

describe("a table of predictions", () => {
  it("leaves out what is not known: an item, or a class of it", () => {
    const table = predictionTable(
      [item("a", [1, null], [0.9, 0.2]), item("b", [null, null], [0.9, 0.2]), item("c", [0, 1], [0.6, 0.7])],
      findings,
    );
    expect(table).toMatchObject({ itemIds: ["a", "c"], unknownItems: 1 });
    expect([...itemAccuracy(table)]).toEqual([
      ["a", 1],
      ["c", 1 / 2],
    ]);
    expect(itemBrier(table).get("c")).toBeCloseTo((0.6 ** 2 + 0.3 ** 2) / 2, 12);
    expect(itemLogLoss(table).get("c")).toBeCloseTo(-(Math.log(0.4) + Math.log(0.7)) / 2, 12);
    expect(classificationScores(table).classes.map(({ n, positives }) => [n, positives])).toEqual([
      [2, 1],
      [1, 1],
    ]);
  });

  it("calls nothing present at 0.5 or below", () => {
    const table = predictionTable([item("a", [0, 1], [0.5, 0.5 + 1e-9]), item("b", [0, 1], [0.5, 0.5])], findings);
    expect([...itemAccuracy(table).values()]).toEqual([1, 1 / 2]);
    expect(classificationScores(table).classes.map(({ confusion }) => confusion[1])).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it("knows the class of an exclusive item from its 1 alone", () => {
    const table = predictionTable([item("a", [null, 1], [0.4, 0.6]), item("b", [0, null], [0.5, 0.5])], two);
    expect(table).toMatchObject({ itemIds: ["a"], truth: Int8Array.of(0, 1), unknownItems: 1 });
  });

  it("refuses what contradicts itself", () => {
    const table = (...items: Prediction[]) => predictionTable(items, two);
    expect(() => table(item("a", [1, 1], [0.5, 0.5]))).toThrow("Item a: expected one class");
    expect(() => table(item("a", [0, 0], [0.5, 0.5]))).toThrow("exclude each other, got none");
    expect(() => table(item("a", [0, 1], [0.5, 0.6]))).toThrow("that add up to 1, got 1.1");
    expect(() => table(item("a", [0, 1], [-0.5, 1.5]))).toThrow("probabilities from 0 to 1, got -0.5");
    expect(() => table(item("a", [0, 1], [1]))).toThrow("a probability for each of 2 classes, got 1");
    expect(() => table(item("a", [1], [0.5, 0.5]))).toThrow("a truth for each of 2 classes, got 1");
    expect(() => table(item("a", [0, 1], [0, 1]), item("a", [0, 1], [0, 1]))).toThrow("one prediction, got two");
    expect(() => predictionTable([], { classes: ["one"], exclusive: true })).toThrow("two exclusive classes, got 1");
  });

  it("says of no item that nothing is defined", () => {
    const { metrics, classes, calibration } = classificationScores(predictionTable([], two));
    expect(new Set(metrics.values())).toEqual(new Set([null]));
    expect(classes[0]).toMatchObject({ name: "pneumonia", n: 0, auc: null, aucInterval: null, roc: null });
    expect(calibration).toMatchObject({ error: null, n: 0 });
  });

  it("scores many classes: a mean leaves out the class that is undefined", () => {
    const three = { classes: ["a", "b", "c"], exclusive: true };
    const rows = [item("1", [1, 0, 0], [0.8, 0.1, 0.1]), item("2", [0, 1, 0], [0.3, 0.6, 0.1])];
    const { metrics, classes, confusion } = classificationScores(predictionTable(rows, three));
    expect(classes.map((each) => each.auc)).toEqual([1, 1, null]);
    expect(metrics.get("auc")).toBe(1);
    expect(confusion).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 0],
    ]);
    expect(metrics.get("brier")).toBeCloseTo((0.2 ** 2 + 2 * 0.1 ** 2 + 0.3 ** 2 + 0.4 ** 2 + 0.1 ** 2) / 2, 12);
  });
});

it("puts a probability on an edge into the bin below it, and 0 into the first", () => {
  const { bins, error } = reliability([0, 0.2, 0.2 + 1e-12, 1], [false, true, true, true]);
  expect([bins[0]!.n, bins[2]!.n, bins[3]!.n, bins[14]!.n]).toEqual([1, 1, 1, 1]);
  expect(error).toBeCloseTo((0 + 0.8 + 0.8 + 0) / 4, 9);
  expect(bins[1]).toMatchObject({ n: 0, confidence: null, share: null });
});

describe("DeLong's test", () => {
  it("has no interval where nothing varies, and no answer below two items a side", () => {
    const perfect = deLong([0, 0, 1, 1], [1, 2, 3, 4], [0, 0, 1, 1]);
    expect(perfect).toMatchObject({ a: 1, b: 1, difference: 0, standardError: 0, low: null, high: null, p: null });
    expect(deLong([0, 0, 1], [1, 2, 3], [3, 2, 1])).toBeNull();
  });

  it("has an interval of one AUC, longer towards 0.5, and none of a run without an error", () => {
    const [truth, scores] = [
      [1, 1, 1, 1, 0, 0, 0, 0],
      [0.9, 0.8, 0.7, 0.3, 0.6, 0.2, 0.1, 0.1],
    ];
    // of each positive the share of negatives below it: 1, 1, 1, ¾; of each negative the share of positives above it: ¾, 1, 1, 1
    const area = (1 + 1 + 1 + 0.75) / 4;
    const variance = (2 * ((3 * (1 - area) ** 2 + (0.75 - area) ** 2) / 3)) / 4;
    const half = (1.959963984540054 * Math.sqrt(variance)) / (area * (1 - area));
    const { low, high } = aucInterval(rank(truth, scores))!;
    expect(Math.log(low / (1 - low))).toBeCloseTo(Math.log(area / (1 - area)) - half, 9);
    expect(Math.log(high / (1 - high))).toBeCloseTo(Math.log(area / (1 - area)) + half, 9);
    expect(aucInterval(rank([0, 0, 1, 1], [1, 2, 3, 4]))).toBeNull();
    expect(aucInterval(rank([0, 1, 1], [3, 2, 4]))).toBeNull();
  });

  it("turns about when the runs are exchanged, and says whom it speaks of", () => {
    const [truth, a, b] = [
      [0, 1, 0, 1, 1, 0],
      [0.1, 0.4, 0.5, 0.6, 0.9, 0.2],
      [0.4, 0.3, 0.5, 0.7, 0.2, 0.1],
    ];
    const [forth, back] = [deLong(truth, a, b)!, deLong(truth, b, a)!];
    expect(back.difference).toBeCloseTo(-forth.difference, 12);
    expect(back.low).toBeCloseTo(-forth.high!, 12);
    expect(back.p).toBeCloseTo(forth.p!, 12);
    expect(forth).toMatchObject({ positives: 3, negatives: 3, label: "these runs only" });
    expect(() => deLong(truth, a, [1])).toThrow("got 6, 6 and 1");
    expect(() => deLong([0, 3], [1, 1], [1, 1])).toThrow("a truth of 0 or 1, got 3");
    expect(() => deLong([0, 1], [1, 1], [1, Number.NaN])).toThrow("finite scores, got 1 and NaN");
  });
});

describe("the bootstrap of a score", () => {
  const random = randomStream("bootstrap of a score");
  const truth = Array.from({ length: 80 }, (_, i) => i % 2);
  const ranking = rank(
    truth,
    truth.map((y) => y + random.normal()),
  );

  it("holds the score, repeats itself, and narrows with confidence", () => {
    const whole = bootstrapScore(ranking, auc)!;
    expect(whole).toMatchObject({ undefinedDraws: 0, label: "these runs only", confidence: 0.95 });
    expect(whole.low).toBeLessThan(auc(ranking)!);
    expect(whole.high).toBeGreaterThan(auc(ranking)!);
    expect(bootstrapScore(ranking, auc)).toEqual(whole);
    const half = bootstrapScore(ranking, auc, { confidence: 0.5 })!;
    expect(half.high - half.low).toBeLessThan(whole.high - whole.low);
  });

  it("counts draws without a positive item, and gives nothing where the score is undefined", () => {
    const rare = rank([1, ...new Array(9).fill(0)], [5, 0, 1, 2, 3, 4, 6, 7, 8, 9]);
    const share = bootstrapScore(rare, auc)!.undefinedDraws / 2000;
    expect(share).toBeGreaterThan(0.9 ** 10 - 0.05);
    expect(share).toBeLessThan(0.9 ** 10 + 0.05);
    expect(bootstrapScore(rank([1, 1], [1, 2]), auc)).toBeNull();
  });

  it("gives none to a run without an error: its draws have none either", () => {
    const perfect = rank([1, 1, 1, 0, 0, 0], [6, 5, 4, 3, 2, 1]);
    expect([auc(perfect), bootstrapScore(perfect, auc)]).toEqual([1, null]);
  });
});
