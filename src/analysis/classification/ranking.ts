/** @file Items of one class in the order of their score, ties together: what everything over thresholds is read from. */
import { DomainError } from "@tessera/domain/errors";
import type { PredictionTable } from "./table.ts";

export interface Ranking {
  /** Item numbers, highest score first. */
  readonly order: Uint32Array;
  /** [items] by item number, each 0 or 1. */
  readonly truth: Uint8Array;
  readonly scores: Float64Array;
  /** Where each group of equal scores ends in `order`, exclusive. */
  readonly ends: Uint32Array;
}

/** How often each item counts, by item number: a bootstrap draw. Absent: each once. */
export type Weights = ArrayLike<number>;

/**
 * @param truth [items], each 0 or 1
 * @param scores [items]; a higher one is nearer to present
 * @throws DomainError BAD_INPUT for different lengths, another truth, or a score that is no finite number
 */
export function rank(truth: ArrayLike<number>, scores: ArrayLike<number>): Ranking {
  const n = truth.length;
  if (n !== scores.length)
    throw new DomainError("BAD_INPUT", `Expected ${n} scores, one per item, got ${scores.length}`);
  for (let i = 0; i < n; i++) {
    if (truth[i] !== 0 && truth[i] !== 1) {
      throw new DomainError("BAD_INPUT", `Item number ${i}: expected a truth of 0 or 1, got ${truth[i]}`);
    }
    if (!Number.isFinite(scores[i])) {
      throw new DomainError("BAD_INPUT", `Item number ${i}: expected a finite score, got ${scores[i]}`);
    }
  }
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const ends: number[] = [];
  order.forEach((item, at) => {
    if (at === n - 1 || scores[order[at + 1]!] !== scores[item]) ends.push(at + 1);
  });
  return { order, truth: Uint8Array.from(truth), scores: Float64Array.from(scores), ends: Uint32Array.from(ends) };
}

/** The items of which the class is known, by its probability; item numbers count them alone. */
export function rankClass({ classes, truth, probabilities, itemIds }: PredictionTable, index: number): Ranking {
  const at = itemIds.map((_, item) => item * classes.length + index).filter((place) => truth[place]! >= 0);
  return rank(
    at.map((place) => truth[place]!),
    at.map((place) => probabilities[place]!),
  );
}

export interface ThresholdCounts {
  /** Calling the first groups present, up to and with each one. */
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
  readonly positives: number;
  readonly negatives: number;
}

export function thresholdCounts({ order, truth, ends }: Ranking, weights?: Weights): ThresholdCounts {
  const truePositives = new Float64Array(ends.length);
  const falsePositives = new Float64Array(ends.length);
  let tp = 0;
  let fp = 0;
  let at = 0;
  // plain loops: a bootstrap comes through here for every draw
  for (let group = 0; group < ends.length; group++) {
    for (const end = ends[group]!; at < end; at++) {
      const item = order[at]!;
      const weight = weights === undefined ? 1 : weights[item]!;
      if (truth[item] === 1) tp += weight;
      else fp += weight;
    }
    truePositives[group] = tp;
    falsePositives[group] = fp;
  }
  return { truePositives, falsePositives, positives: tp, negatives: fp };
}
