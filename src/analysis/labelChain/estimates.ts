/** @file A value with its 95 % interval from draws. */
import { quantile } from "../summary.ts";

export interface ChainEstimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export const chainLevel = 0.95;

/** Equal tails, widened to the value where it lies beyond them (a share of 0 at every step). */
export function estimateOf(value: number, draws: readonly number[]): ChainEstimate {
  const sorted = Float64Array.from(draws).sort();
  const tail = (1 - chainLevel) / 2;
  return { value, low: Math.min(value, quantile(sorted, tail)), high: Math.max(value, quantile(sorted, 1 - tail)) };
}
