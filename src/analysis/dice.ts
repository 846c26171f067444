/**
 * @file Scores of one item from its raw pixel counts. Counts are stored, scores derived, so that every score can be had
 * again under another convention.
 */
import { DomainError } from "@tessera/domain/errors";

export interface PixelCounts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
}

export interface Convention {
  /** The score of an item whose truth and prediction are both empty: undefined (null), or counted as this number. */
  readonly bothEmpty: null | 0 | 1;
  /** What a figure prints beside the score. */
  readonly text: string;
}

export const defaultConvention: Convention = {
  bothEmpty: null,
  text: "per item, foreground class, both empty = undefined",
};

export const conventions: Readonly<Record<"undefined" | "zero" | "one", Convention>> = {
  undefined: defaultConvention,
  zero: { bothEmpty: 0, text: "per item, foreground class, both empty = 0" },
  one: { bothEmpty: 1, text: "per item, foreground class, both empty = 1" },
};

/** 2 TP / (2 TP + FP + FN). @returns 0..1, or null where the convention leaves it undefined. */
export function diceOfCounts(counts: PixelCounts, convention: Convention = defaultConvention): number | null {
  const { truePositives: tp, falsePositives: fp, falseNegatives: fn } = checked(counts);
  return tp + fp + fn === 0 ? convention.bothEmpty : (2 * tp) / (2 * tp + fp + fn);
}

/** TP / (TP + FP + FN) = Dice / (2 - Dice). */
export function iouOfCounts(counts: PixelCounts, convention: Convention = defaultConvention): number | null {
  const { truePositives: tp, falsePositives: fp, falseNegatives: fn } = checked(counts);
  return tp + fp + fn === 0 ? convention.bothEmpty : tp / (tp + fp + fn);
}

/** TP / (TP + FP): how much of what was marked is right. Null where nothing was marked. */
export function precisionOfCounts(counts: PixelCounts): number | null {
  const { truePositives: tp, falsePositives: fp } = checked(counts);
  return tp + fp === 0 ? null : tp / (tp + fp);
}

/** TP / (TP + FN): how much of the truth was found. Null where the truth is empty. */
export function sensitivityOfCounts(counts: PixelCounts): number | null {
  const { truePositives: tp, falseNegatives: fn } = checked(counts);
  return tp + fn === 0 ? null : tp / (tp + fn);
}

/** Mean over the items whose score is defined; null mean where none is. `n` counts them. */
export function meanScore(scores: readonly (number | null)[]): {
  readonly mean: number | null;
  readonly n: number;
  readonly undefinedItems: number;
} {
  const defined = scores.filter((score) => score !== null);
  const total = defined.reduce((sum, score) => sum + score, 0);
  return {
    mean: defined.length === 0 ? null : total / defined.length,
    n: defined.length,
    undefinedItems: scores.length - defined.length,
  };
}

function checked(counts: PixelCounts): PixelCounts {
  for (const key of ["truePositives", "falsePositives", "falseNegatives"] as const) {
    const value = counts[key];
    if (value >= 0 && Number.isFinite(value)) continue;
    throw new DomainError("BAD_INPUT", `${key}: expected a count of pixels from 0, got ${value}`, { counts });
  }
  return counts;
}
