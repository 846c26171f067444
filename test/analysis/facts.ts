/** @file Stored facts of masks, as the worker measures them. */
import type { ClassCounts, ItemFacts } from "@tessera/analysis/segmentation/itemFacts";
import { measurePrediction, profileTruth } from "@tessera/analysis/segmentation/measure";

export function countsOf(truth: Uint8Array, prediction: Uint8Array): ClassCounts {
  const count = (ofTruth: number, predicted: number) =>
    truth.filter((value, i) => value === ofTruth && prediction[i] === predicted).length;
  return {
    truePositives: count(1, 1),
    falsePositives: count(0, 1),
    falseNegatives: count(1, 0),
    trueNegatives: count(0, 0),
  };
}

export const factsOf = (
  truth: Uint8Array,
  prediction: Uint8Array,
  width: number,
  height: number,
  spacing: ItemFacts["spacing"] = null,
): ItemFacts => ({
  counts: countsOf(truth, prediction),
  truth: profileTruth(truth, width, height, { seed: 1 }),
  prediction: measurePrediction(truth, prediction, width, height, spacing),
  width,
  height,
  spacing,
});
