import { classificationMetrics, metricOfRun } from "@tessera/analysis/classification/metrics";
import { type Prediction, predictionTable } from "@tessera/analysis/classification/table";
import { randomStream } from "@tessera/domain/random";
import { accuracyOf, auc, meanAuc } from "@tessera/models/metrics/classification";
import { expect, it } from "vitest";

/** Probabilities of few levels, so that there are ties; every seventh value is not known where classes stand by themselves. */
function predictions(seed: number, classes: number, exclusive: boolean): Prediction[] {
  const random = randomStream("predictions", seed);
  return Array.from({ length: 60 }, (_, item) => {
    const own = random.integer(classes);
    const raw = Array.from({ length: classes }, (_, index) => 1 + random.integer(5) + (index === own ? 2 : 0));
    const sum = exclusive ? raw.reduce((all, each) => all + each) : 8;
    const truth = raw.map((value, index) => {
      if (exclusive) return index === own ? 1 : 0;
      return (item * classes + index) % 7 === 0 ? null : value + random.integer(4) > 5 ? 1 : 0;
    });
    return { itemId: `item ${item}`, truth, probabilities: raw.map((value) => value / sum) };
  });
}

it.each([
  { classes: 2, exclusive: true },
  { classes: 4, exclusive: true },
  { classes: 3, exclusive: false },
  { classes: 1, exclusive: false },
])("training scores $classes classes (exclusive: $exclusive) as the analysis does", ({ classes, exclusive }) => {
  for (const seed of [1, 2, 3]) {
    const given = predictions(seed, classes, exclusive);
    const names = Array.from({ length: classes }, (_, index) => `class ${index}`);
    const table = predictionTable(given, { classes: names, exclusive });
    const of = (name: string) => metricOfRun(classificationMetrics.find((each) => each.name === name)!, table, 0.95)!;
    expect(meanAuc(given, exclusive)!).toBeCloseTo(of("auc"), 12);
    expect(meanAuc(given, exclusive)!).not.toBe(0.5);
    expect(accuracyOf(given, exclusive)).toBeCloseTo(of("accuracy"), 12);
  }
});

it("is half the pairs for ties, and undefined without both kinds", () => {
  expect(auc([1, 0, 1, 0, null], [0.5, 0.5, 0.9, 0.1, 0])).toBe(3.5 / 4);
  expect(auc([1, 1, null], [0.1, 0.2, 0.3])).toBeNull();
  expect(meanAuc([], true)).toBeNull();
});
