/** @file Whether the labels of two copies of one picture contradict each other. */
import type { ClassValues } from "../classValues.ts";

export interface ComparedLabel {
  /** Of classification; null: masks. */
  readonly classValues: ClassValues | null;
  /** Of masks: per class, the share of the picture that its region covers, in [0, 1]. */
  readonly shares: readonly number[];
}

/** Outlines of one region drawn twice differ in area by less (product: a reader's ceiling); a region against none differs by 1. */
export const mostAreaChange = 0.2;

/**
 * Classes: any that one says is present and the other absent. Masks: any class whose areas differ by more than a fifth of the
 * larger; their places are not compared, for a copy may be turned or cropped. Null where either has no label.
 */
export function labelsConflict(a: ComparedLabel | null, b: ComparedLabel | null): boolean | null {
  if (a === null || b === null) return null;
  if (a.classValues !== null && b.classValues !== null) {
    const other = b.classValues;
    return a.classValues.some((value, i) => value !== null && other[i] !== null && value !== other[i]);
  }
  if (a.classValues !== null || b.classValues !== null) return null;
  return a.shares.some((share, i) => {
    const larger = Math.max(share, b.shares[i] ?? 0);
    return larger > 0 && Math.abs(share - (b.shares[i] ?? 0)) > mostAreaChange * larger;
  });
}
