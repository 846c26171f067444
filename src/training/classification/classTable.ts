/** @file Predictions of a fold, gathered batch by batch. */
import type { ClassValues } from "@tessera/domain/classValues";
import type { ItemPrediction } from "@tessera/domain/events";
import type { TrainingItem } from "../items.ts";
import type { ScoredBatch } from "../task.ts";

export function valuesOf({ itemId, classValues }: TrainingItem): ClassValues {
  if (classValues === undefined) throw new TypeError(`Item ${itemId} has no class values`);
  return classValues;
}

/** @param classes of the label schema */
export const predictionsOf = ({ items, probabilities }: ScoredBatch, classes: number): ItemPrediction[] =>
  items.map((item, place) => ({
    itemId: item.itemId,
    truth: valuesOf(item),
    probabilities: Array.from(probabilities.subarray(place * classes, (place + 1) * classes)),
  }));
