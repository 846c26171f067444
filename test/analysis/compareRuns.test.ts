import { compareAucs, compareMetric, type PredictedArm } from "@tessera/analysis/classification/compareRuns";
import { deLong } from "@tessera/analysis/classification/deLong";
import { classificationMetrics } from "@tessera/analysis/classification/metrics";
import { type Prediction, predictionTable } from "@tessera/analysis/classification/table";
import { randomStream } from "@tessera/domain/random";
import { describe, expect, it } from "vitest";

const two = { classes: ["normal", "pneumonia"], exclusive: true };
const metric = (name: string) => classificationMetrics.find((each) => each.name === name)!;

/** The further apart, the better the run; item i is present where i is odd. */
function predictions(seed: number, apart: number, items = 60): Prediction[] {
  const random = randomStream("runs", seed, apart);
  return Array.from({ length: items }, (_, i) => {
    const present = 1 / (1 + Math.exp(-(apart * (2 * (i % 2) - 1) + random.normal())));
    return { itemId: `${i}`, truth: i % 2 ? [0, 1] : [1, 0], probabilities: [1 - present, present] };
  });
}
const arm = (name: string, apart: number, seeds = [1, 2, 3, 4, 5]): PredictedArm => ({
  name,
  runs: seeds.map((seed) => ({ seed, table: predictionTable(predictions(seed, apart), two) })),
});
const [poor, good] = [arm("random", 0.2), arm("pretrained", 1.5)];

describe("arms of classification runs", () => {
  it.each(classificationMetrics.filter(({ name }) => name !== "expectedCalibrationError"))(
    "$name finds the arm that was made better, whichever way it counts",
    (each) => {
      const { verdict, difference, reason } = compareMetric(poor, good, each);
      expect(verdict, reason).toBe("better");
      expect(difference.estimate > 0).toBe(each.higherIsBetter);
      expect(difference).toMatchObject({ n: 60, seeds: 5 });
      expect(compareMetric(good, poor, each).verdict).toBe("worse");
    },
  );

  it("have a bootstrap where the metric is a mean over items, and none where it is not", () => {
    expect(compareMetric(poor, good, metric("brier")).bootstrap).toMatchObject({ label: "these runs only" });
    expect(compareMetric(poor, good, metric("auc")).bootstrap).toBeNull();
  });

  it("have the metric's own value at each seed, at the asked specificity", () => {
    const half = compareMetric(poor, good, metric("sensitivityAtSpecificity"), { specificity: 0.5 });
    const strict = compareMetric(poor, good, metric("sensitivityAtSpecificity"));
    expect(half.a.mean).toBeGreaterThan(strict.a.mean);
    expect(strict.a.seedMeans).toHaveLength(5);
  });

  it("wait for runs that have not ended", () => {
    const runs = { planned: 12, pending: 2, failed: 0 };
    expect(compareMetric(poor, good, metric("auc"), { runs }).verdict).toBeNull();
  });
});

describe("one pair of runs", () => {
  const [a, b] = [predictions(1, 0.2), predictions(1, 1.5)];

  it("is tested on the items that both have, in whatever order", () => {
    const known: Prediction[] = b.toReversed().filter(({ itemId }) => itemId !== "7");
    const unknown: Prediction = { itemId: "extra", truth: [null, null], probabilities: [0.5, 0.5] };
    const ours = compareAucs(predictionTable(a, two), predictionTable([...known, unknown], two), 1)!;
    const kept = a.map((_, i) => i).filter((i) => i !== 7);
    const theirs = deLong(
      kept.map((i) => a[i]!.truth[1]!),
      kept.map((i) => a[i]!.probabilities[1]!),
      kept.map((i) => b[i]!.probabilities[1]!),
    )!;
    expect(ours.difference).toBeCloseTo(theirs.difference, 12);
    expect(ours.p).toBeCloseTo(theirs.p!, 12);
    expect(ours.low).toBeGreaterThan(0);
  });

  it("is tested on the items of which the class is known", () => {
    const findings = { classes: ["mass", "effusion"], exclusive: false };
    const table = (items: Prediction[]) =>
      predictionTable(
        items.map((each, i) => ({ ...each, truth: [1, i < 10 ? null : each.truth[1]!] as const })),
        findings,
      );
    expect(compareAucs(table(a), table(b), 1)).toMatchObject({ positives: 25, negatives: 25 });
  });

  it("is refused where the truth or the classes differ", () => {
    const other = b.map((each) => (each.itemId === "7" ? { ...each, truth: [1, 0] as const } : each));
    expect(() => compareAucs(predictionTable(a, two), predictionTable(other, two), 1)).toThrow(
      "Item 7: expected one truth in both runs, got 1 and 0; compare runs of one label version",
    );
    const renamed = { ...two, classes: ["normal", "sick"] };
    expect(() => compareAucs(predictionTable(a, two), predictionTable(b, renamed), 1)).toThrow(
      "runs of the same classes",
    );
  });
});
