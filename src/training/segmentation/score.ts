/** @file Items scored one by one: raw counts first, Dice derived from them. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { joinClasses, ofClass } from "@tessera/domain/classMask";
import type { ThresholdCounts } from "@tessera/domain/measures";
import { type PixelCounts, pixelCounts } from "@tessera/domain/pixelCounts";
import { countsAtThresholds, exclusiveClasses, thresholded } from "@tessera/models/metrics/thresholds";
import type { ScoredBatch } from "../task.ts";

/** One class of one item. */
export interface ScoredClass {
  readonly counts: PixelCounts;
  /** [size*size], 0 or 1. */
  readonly truth: Uint8Array;
  readonly prediction: Uint8Array;
  /** Where they were asked for. */
  readonly thresholdCounts?: ThresholdCounts;
}

export interface ScoredItem {
  readonly itemId: string;
  /** In the order of the label schema. */
  readonly classes: readonly ScoredClass[];
  /** [size*size], 0 is background, else class index + 1. */
  readonly prediction: Uint8Array;
}

export interface Scale {
  readonly size: number;
  /** Of the label schema. */
  readonly classes: number;
  /** A pixel of at least this probability is predicted. */
  readonly threshold: number;
}

/** 2 TP / (2 TP + FP + FN); undefined (null) where truth and prediction are both empty, as in src/analysis. */
export function diceOf({ truePositives, falsePositives, falseNegatives }: PixelCounts): number | null {
  const total = 2 * truePositives + falsePositives + falseNegatives;
  return total === 0 ? null : (2 * truePositives) / total;
}

/** Mean over the item's classes with a defined Dice; null where there is none. */
export const itemDice = ({ classes }: ScoredItem): number | null =>
  meanOf(classes.map(({ counts }) => diceOf(counts)).filter((dice) => dice !== null));

export const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param countedAt rising: pixels are also counted at these thresholds */
export async function scoredItems(
  { items, pixels, probabilities }: ScoredBatch,
  { size, classes, threshold }: Scale,
  countedAt?: readonly number[],
): Promise<ScoredItem[]> {
  const scored: ScoredItem[] = [];
  for (const [place, { itemId }] of items.entries()) {
    const { mask } = pixels[place]!;
    const length = size * size * classes;
    const own = probabilities.subarray(place * length, (place + 1) * length);
    const ofClasses = exclusiveClasses(own, classes).map((probable, each): ScoredClass => {
      const truth = classes === 1 ? mask : ofClass(mask, each);
      const prediction = thresholded(probable, threshold);
      return {
        truth,
        prediction,
        counts: pixelCounts(prediction, truth),
        ...(countedAt && { thresholdCounts: countsAtThresholds(probable, truth, countedAt) }),
      };
    });
    scored.push({ itemId, classes: ofClasses, prediction: joinClasses(ofClasses.map(({ prediction }) => prediction)) });
    await nextTurn();
  }
  return scored;
}
