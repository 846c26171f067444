/** @file How far each filter of a layer travelled. */
import type { NamedWeight } from "../weights/named.ts";

/**
 * The L2 norm of each filter's change, in units of its norm at the start; null: all 0 at the start. Normalisation may scale a filter
 * up again: only the kernel is compared.
 * @param start [h, w, in, filters], or of a depthwise convolution [h, w, filters, 1]; channels of the output vary fastest in both
 */
export function filterDistances(start: NamedWeight, end: NamedWeight): (number | null)[] {
  const filters = filtersOf(start.shape);
  const [moved, norm] = [new Float64Array(filters), new Float64Array(filters)];
  for (let i = 0; i < start.data.length; i++) {
    moved[i % filters]! += (end.data[i]! - start.data[i]!) ** 2;
    norm[i % filters]! += start.data[i]! ** 2;
  }
  return Array.from(moved, (sum, filter) => (norm[filter] === 0 ? null : Math.sqrt(sum / norm[filter]!)));
}

export const filtersOf = (shape: readonly number[]): number =>
  shape[3] === 1 && shape[2]! > 1 ? shape[2]! : shape[3]!;

export interface Spread {
  readonly low: number;
  readonly quarter: number;
  readonly middle: number;
  readonly threeQuarters: number;
  readonly high: number;
}

/** Quantiles, linear between the two nearest values; null: of nothing. */
export function spreadOf(values: readonly (number | null)[]): Spread | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const quantile = (share: number) => {
    const at = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
    return below + (at - Math.floor(at)) * (above - below);
  };
  return {
    low: quantile(0),
    quarter: quantile(0.25),
    middle: quantile(0.5),
    threeQuarters: quantile(0.75),
    high: quantile(1),
  };
}
