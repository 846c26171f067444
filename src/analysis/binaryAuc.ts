/** @file The area under the ROC curve of scores against two kinds of things: pixels in and out of a mask, tiles with and without a class. */
import { midranks } from "./midranks.ts";

/**
 * The chance that a positive scores more than a negative, ties counting a half (Hanley & McNeil 1982).
 * @param scores signed ones as they are: what speaks against the class is below what says nothing
 * @param labels the same length, not 0: positive
 * @returns null where all are positive, or none is
 */
export function binaryAuc(scores: ArrayLike<number>, labels: ArrayLike<number>): number | null {
  const ranks = midranks(scores);
  let [sum, positives] = [0, 0];
  for (let i = 0; i < ranks.length; i++) {
    if (labels[i] === 0) continue;
    sum += ranks[i]!;
    positives++;
  }
  const negatives = ranks.length - positives;
  return positives === 0 || negatives === 0
    ? null
    : (sum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
