/** @file The bootstrap over items (Efron 1979, percentile): how much these runs' mean depends on the items drawn. */
import { DomainError } from "@tessera/domain/errors";
import { randomStream } from "@tessera/domain/random";
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
  const means = Float64Array.from({ length: draws }, () => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[random.integer(n)]!;
    return sum / n;
  }).sort();
  const tail = (1 - confidence) / 2;
  return { low: quantile(means, tail), high: quantile(means, 1 - tail) };
}
