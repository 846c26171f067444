/** @file A fold scored item by item: raw counts first, Dice derived from them. */
import { type PixelCounts, pixelCounts } from "@tessera/models/metrics/counts";
import { scoringBatch } from "./batches.ts";
import type { TrainingItem } from "./items.ts";
import type { Network } from "./network.ts";

export interface ScoredItem {
  readonly item: TrainingItem;
  readonly counts: PixelCounts;
  /** [size*size], 0 or 1. */
  readonly prediction: Uint8Array;
}

export interface ScoredFold {
  readonly items: readonly ScoredItem[];
  /** Mean over the items with a defined Dice; null where there is none. */
  readonly dice: number | null;
  /** Mean over all items. */
  readonly loss: number;
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

/** @param halted looked at before every batch. @returns null where it said so */
export async function scoreFold(
  network: Network,
  items: readonly TrainingItem[],
  size: number,
  batchSize: number,
  halted: () => boolean,
): Promise<ScoredFold | null> {
  const scored: ScoredItem[] = [];
  let loss = 0;
  for (let start = 0; start < items.length; start += batchSize) {
    if (halted()) return null;
    const part = items.slice(start, start + batchSize);
    const result = await network.score(scoringBatch(part, size));
    loss += result.loss * part.length;
    for (const [place, item] of part.entries()) {
      const prediction = result.masks.slice(place * size * size, (place + 1) * size * size);
      scored.push({ item, prediction, counts: pixelCounts(prediction, item.mask) });
    }
  }
  const defined = scored.map(({ counts }) => diceOf(counts)).filter((dice) => dice !== null);
  return {
    items: scored,
    dice: defined.length === 0 ? null : defined.reduce((sum, dice) => sum + dice, 0) / defined.length,
    loss: loss / items.length,
  };
}
