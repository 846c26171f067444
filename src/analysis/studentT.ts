/** @file Student's t: intervals, power and equivalence, as every board uses them. */
import jstat from "jstat";
import { mean, standardDeviation } from "./summary.ts";

const { jStat } = jstat;

/** The value that a t variable exceeds with probability 1 - `probability`. */
export const tQuantile = (probability: number, degreesOfFreedom: number): number =>
  jStat.studentt.inv(probability, degreesOfFreedom);

/** P(T <= t). */
export const tProbability = (t: number, degreesOfFreedom: number): number => jStat.studentt.cdf(t, degreesOfFreedom);

export interface Interval {
  /** null where there is no interval: fewer than two values. */
  readonly low: number | null;
  readonly high: number | null;
}

/** Student's interval of a mean, n - 1 degrees of freedom. */
export function tInterval(values: readonly number[], confidence = 0.95): Interval {
  const sd = standardDeviation(values);
  if (sd === null) return { low: null, high: null };
  const half = (tQuantile(0.5 + confidence / 2, values.length - 1) * sd) / Math.sqrt(values.length);
  return { low: mean(values) - half, high: mean(values) + half };
}

/** Chance that a two-sided one-sample t test at `alpha` rejects when the true mean is `effect` and n values have `sd`. */
export function tTestPower(effect: number, sd: number, n: number, alpha = 0.05): number {
  const degreesOfFreedom = n - 1;
  const critical = tQuantile(1 - alpha / 2, degreesOfFreedom);
  const noncentrality = (effect * Math.sqrt(n)) / sd;
  const below = (t: number) => jStat.noncentralt.cdf(t, degreesOfFreedom, noncentrality);
  return 1 - below(critical) + below(-critical);
}

/** The smallest effect that `tTestPower` finds with chance `power`; null for n < 2, 0 for sd = 0. */
export function detectableEffect(sd: number, n: number, power = 0.8, alpha = 0.05): number | null {
  return n < 2 ? null : sd * detectableInSd(n, power, alpha);
}

const found = new Map<string, number>();

/** For sd = 1, by bisection: power depends on effect / sd alone, so every comparison of n seeds shares it. */
function detectableInSd(n: number, power: number, alpha: number): number {
  const key = `${n} ${power} ${alpha}`;
  const known = found.get(key);
  if (known !== undefined) return known;
  let low = 0;
  let high = 1;
  while (tTestPower(high, 1, n, alpha) < power) {
    low = high;
    high *= 2;
  }
  for (let step = 0; step < 60 && high - low > 1e-10 * high; step++) {
    const middle = (low + high) / 2;
    if (tTestPower(middle, 1, n, alpha) < power) low = middle;
    else high = middle;
  }
  found.set(key, high);
  return high;
}

/**
 * Two one-sided tests (Schuirmann 1987) that a mean lies within (-delta, delta).
 * @returns the larger of the two p values; below alpha is equivalence within delta at that alpha.
 */
export function equivalenceProbability(values: readonly number[], delta: number): number | null {
  const sd = standardDeviation(values);
  if (sd === null) return null;
  const middle = mean(values);
  if (sd === 0) return Math.abs(middle) < delta ? 0 : 1;
  const error = sd / Math.sqrt(values.length);
  const df = values.length - 1;
  return Math.max(1 - tProbability((middle + delta) / error, df), tProbability((middle - delta) / error, df));
}
