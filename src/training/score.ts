/** @file A fold scored item by item: raw counts first, Dice derived from them. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { joinClasses, ofClass } from "@tessera/domain/classMask";
import type { LossConfiguration } from "@tessera/domain/configuration/loss";
import type { ThresholdCounts } from "@tessera/domain/measures";
import { type PixelCounts, pixelCounts } from "@tessera/domain/pixelCounts";
import { countsAtThresholds, exclusiveClasses, thresholded } from "@tessera/models/metrics/thresholds";
import { batchBytes, type ScoringBatch, scoringBatch } from "./batches.ts";
import type { TrainingItem } from "./items.ts";
import type { Network } from "./network.ts";
import { depthFor, Prefetch } from "./prefetch.ts";

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

export interface ScoredFold {
  /** Mean over the items and classes with a defined Dice; null where there is none. */
  readonly dice: number | null;
  /** Mean over all items. */
  readonly loss: number;
}

export interface ScoreOptions {
  readonly network: Network;
  readonly items: readonly TrainingItem[];
  readonly size: number;
  /** Of the label schema. Absent: 1. */
  readonly classes?: number;
  readonly batchSize: number;
  /** A pixel of at least this probability is predicted. */
  readonly threshold: number;
  /** Rising: pixels are also counted at these. */
  readonly countedAt?: readonly number[];
  readonly loss: LossConfiguration;
  /** Looked at before every batch. */
  readonly halted: () => boolean;
  /** Aborted as soon as `halted` is true: then no batch is waited for. */
  readonly halting: AbortSignal;
  /** Given each batch's items in order; the next batch is made meanwhile. Nothing of them is kept here. */
  readonly onScored: (items: readonly ScoredItem[]) => Promise<void>;
}

/** 2 TP / (2 TP + FP + FN); undefined (null) where truth and prediction are both empty, as in src/analysis. */
export function diceOf({ truePositives, falsePositives, falseNegatives }: PixelCounts): number | null {
  const total = 2 * truePositives + falsePositives + falseNegatives;
  return total === 0 ? null : (2 * truePositives) / total;
}

/** Mean over the item's classes with a defined Dice; null where there is none. */
export const itemDice = ({ classes }: ScoredItem): number | null =>
  meanOf(classes.map(({ counts }) => diceOf(counts)).filter((dice) => dice !== null));

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** @returns null where it was halted */
export async function scoreFold(options: ScoreOptions): Promise<ScoredFold | null> {
  const { network, items, size, classes = 1, batchSize, loss: configured, halted, halting, onScored } = options;
  const batches = new Prefetch({
    make: (part) => scoringBatch(items.slice(part * batchSize, (part + 1) * batchSize), size, configured, classes),
    from: 0,
    end: Math.ceil(items.length / batchSize),
    depth: depthFor(batchBytes(batchSize, size, configured, classes)),
  });
  const dices: number[] = [];
  let loss = 0;
  for (let done = 0; done < items.length; done += batchSize) {
    const made = halted() ? null : await batches.next(halting);
    if (made === null) return null;
    const result = await network.score(made.batch);
    const scored = await scoredItems(made, result.probabilities, options);
    loss += result.loss * made.items.length;
    const ofClasses = scored.flatMap((item) => item.classes);
    dices.push(...ofClasses.map(({ counts }) => diceOf(counts)).filter((dice) => dice !== null));
    await onScored(scored);
  }
  return { dice: meanOf(dices), loss: loss / items.length };
}

async function scoredItems(
  { items, pixels }: ScoringBatch,
  probabilities: Float32Array,
  { size, classes = 1, threshold, countedAt }: ScoreOptions,
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
