/**
 * @file The interval of a measure of agreement, over items: the delete-one jackknife (Quenouille 1956, Tukey 1958) with Student's t of n - 1
 * degrees of freedom. Readers are taken as they are: it says nothing of other readers.
 *
 * Kappa and alpha are smooth functions of means over items, for which it estimates the same variance as the delta method. A bootstrap
 * would cost a thousand passes for the same: test/analysis/agreementSimulation.test.ts holds both the coverage and the width to their promise.
 */
import type { Interval } from "../studentT.ts";
import { tQuantile } from "../studentT.ts";

export const confidence = 0.95;

export interface Estimate extends Interval {
  /** Null where it is undefined: nobody could have disagreed, or no item has two opinions. */
  readonly value: number | null;
  readonly standardError: number | null;
  /** Items that it is of. */
  readonly items: number;
}

/**
 * Cut at 1, which no measure of agreement exceeds.
 * @param groups how many items each distinct leave-one-out value stands for
 * @param without the measure without one item of that group; null where it is then undefined
 */
export function jackknife(
  value: number | null,
  groups: readonly number[],
  without: (group: number) => number | null,
): Estimate {
  const items = groups.reduce((sum, count) => sum + count, 0);
  const none = { value, standardError: null, low: null, high: null, items };
  if (value === null || items < 3) return none;
  const left = groups.map((_, group) => without(group));
  if (left.some((each) => each === null)) return none;
  const mean = left.reduce<number>((sum, each, group) => sum + groups[group]! * each!, 0) / items;
  const spread = left.reduce<number>((sum, each, group) => sum + groups[group]! * (each! - mean) ** 2, 0);
  const standardError = Math.sqrt(((items - 1) / items) * spread);
  const half = tQuantile(0.5 + confidence / 2, items - 1) * standardError;
  return { value, standardError, low: value - half, high: Math.min(1, value + half), items };
}
