import "reflect-metadata";
import { assembleComparison } from "@tessera/api/comparison/assemble";
import type { EvaluationItem } from "@tessera/store/evaluations";
import { expect, it } from "vitest";

/** An item of 100 pixels of which `both` are rightly marked and `missed` are not; 0 and 0: undefined. */
const item = (itemId: string, both: number, missed: number): EvaluationItem => ({
  evaluationId: "",
  itemId,
  itemName: itemId,
  classIndex: 0,
  truePositives: both,
  falsePositives: 0,
  falseNegatives: missed,
  trueNegatives: 100 - both - missed,
  truthComponents: 1,
  predictedComponents: 1,
  predictionSha256: "",
  thresholdCounts: null,
  regionShare: 0.1,
});

it("shows, of paired seeds, the means that the difference is made of", () => {
  const run = (seed: number, items: EvaluationItem[]) => ({ seed, runId: `${seed}`, evaluationId: "", items });
  const comparison = assembleComparison({
    a: { name: "a", runs: [run(1, [item("x", 10, 0), item("y", 0, 0)]), run(7, [item("x", 10, 10)])] },
    b: { name: "b", runs: [run(1, [item("x", 10, 10), item("y", 10, 0)])] },
    states: ["succeeded", "succeeded", "succeeded"],
    fold: "test",
    labelVersionId: "",
    equivalenceMargin: null,
  });
  const [first, second] = comparison.perSeed;
  expect(first!.b! - first!.a!).toBeCloseTo(comparison.difference.estimate!, 12); // item y is not common to both
  expect(first).toEqual({ seed: 1, a: 1, b: 20 / 30 });
  expect(second).toEqual({ seed: 7, a: 20 / 30, b: null });
  expect(comparison).toMatchObject({ unpairedSeeds: [7], itemsLeftOut: 1 });
});
