/** @file A fold scored item by item: raw counts first, Dice derived from them. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { LossConfiguration } from "@tessera/domain/configuration/loss";
import type { ThresholdCounts } from "@tessera/domain/measures";
import { type PixelCounts, pixelCounts } from "@tessera/domain/pixelCounts";
import { countsAtThresholds, thresholded } from "@tessera/models/metrics/thresholds";
import { batchBytes, type ScoringBatch, scoringBatch } from "./batches.ts";
import type { TrainingItem } from "./items.ts";
import type { Network } from "./network.ts";
import { depthFor, Prefetch } from "./prefetch.ts";

export interface ScoredItem {
  readonly itemId: string;
  readonly counts: PixelCounts;
  /** [size*size], 0 or 1. */
  readonly truth: Uint8Array;
  readonly prediction: Uint8Array;
  /** Where they were asked for. */
  readonly thresholdCounts?: ThresholdCounts;
}

export interface ScoredFold {
  /** Mean over the items with a defined Dice; null where there is none. */
  readonly dice: number | null;
  /** Mean over all items. */
  readonly loss: number;
}

export interface ScoreOptions {
  readonly network: Network;
  readonly items: readonly TrainingItem[];
  readonly size: number;
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

/** The batch sizes that `scoreFold` uses for so many items. */
export function scoreSizes(items: number, batchSize: number): number[] {
  return [...(items >= batchSize ? [batchSize] : []), ...(items % batchSize > 0 ? [items % batchSize] : [])];
}

/** @returns null where it was halted */
export async function scoreFold(options: ScoreOptions): Promise<ScoredFold | null> {
  const { network, items, size, batchSize, loss: configured, halted, halting, onScored } = options;
  const batches = new Prefetch({
    make: (part) => scoringBatch(items.slice(part * batchSize, (part + 1) * batchSize), size, configured),
    from: 0,
    end: Math.ceil(items.length / batchSize),
    depth: depthFor(batchBytes(batchSize, size, configured)),
  });
  const dices: number[] = [];
  let loss = 0;
  for (let done = 0; done < items.length; done += batchSize) {
    const made = halted() ? null : await batches.next(halting);
    if (made === null) return null;
    const result = await network.score(made.batch);
    const scored = await scoredItems(made, result.probabilities, options);
    loss += result.loss * made.items.length;
    dices.push(...scored.map(({ counts }) => diceOf(counts)).filter((dice) => dice !== null));
    await onScored(scored);
  }
  return {
    dice: dices.length === 0 ? null : dices.reduce((sum, dice) => sum + dice, 0) / dices.length,
    loss: loss / items.length,
  };
}

async function scoredItems(
  { items, pixels }: ScoringBatch,
  probabilities: Float32Array,
  { size, threshold, countedAt }: ScoreOptions,
): Promise<ScoredItem[]> {
  const scored: ScoredItem[] = [];
  for (const [place, { itemId }] of items.entries()) {
    const { mask: truth } = pixels[place]!;
    const own = probabilities.subarray(place * size * size, (place + 1) * size * size);
    const prediction = thresholded(own, threshold);
    scored.push({
      itemId,
      truth,
      prediction,
      counts: pixelCounts(prediction, truth),
      ...(countedAt && { thresholdCounts: countsAtThresholds(own, truth, countedAt) }),
    });
    await nextTurn();
  }
  return scored;
}
