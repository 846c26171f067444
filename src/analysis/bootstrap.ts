/**
 * @file The bootstrap over items: how much these runs' mean depends on the items drawn.
 *
 * Percentiles (Efron 1979), expanded for few items (Hesterberg 2015, The American Statistician 69, section 4.2): the plain ones are
 * too narrow by √((n - 1) / n) and take the normal's tails for Student's. Simulated in `npm run bench -- statistics`.
 */
import { DomainError } from "@tessera/domain/errors";
import { randomStream } from "@tessera/domain/random";
import { normalProbability } from "./normal.ts";
import { tQuantile } from "./studentT.ts";
import { quantile } from "./summary.ts";

export interface BootstrapOptions {
  readonly seed?: number;
  readonly draws?: number;
  readonly confidence?: number;
}

/** The same seed and values give the same interval. @throws DomainError BAD_INPUT for no values */
export function bootstrapMean(
  values: readonly number[],
  { seed = 0, draws = 2000, confidence = 0.95 }: BootstrapOptions = {},
): { readonly low: number; readonly high: number } {
  if (values.length === 0) throw new DomainError("BAD_INPUT", "Expected at least one value to resample, got none");
  const random = randomStream("bootstrap", seed);
  const n = values.length;
  const means = Array.from({ length: draws }, () => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[random.integer(n)]!;
    return sum / n;
  });
  return intervalOfDraws(means, n, confidence);
}

/** @param draws the score of each draw, at least one @param n items that each draw is of */
export function intervalOfDraws(
  draws: readonly number[],
  n: number,
  confidence: number,
): { readonly low: number; readonly high: number } {
  const sorted = Float64Array.from(draws).sort();
  const reach = n < 2 ? Number.POSITIVE_INFINITY : Math.sqrt(n / (n - 1)) * tQuantile(0.5 + confidence / 2, n - 1);
  const tail = normalProbability(-reach);
  return { low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) };
}
