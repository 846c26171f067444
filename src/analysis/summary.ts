/** @file Mean and spread: the small statistics that every table shares. */
import { DomainError } from "@tessera/domain/errors";

/** @throws DomainError BAD_INPUT for no values */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new DomainError("BAD_INPUT", "Expected at least one value for a mean, got none");
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample standard deviation (n - 1), or null for fewer than two values: one value has no spread. */
export function standardDeviation(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}

/** For a table that may have no value yet: both null where they are undefined. */
export function meanAndSd(values: readonly number[]): { readonly mean: number | null; readonly sd: number | null } {
  return { mean: values.length === 0 ? null : mean(values), sd: standardDeviation(values) };
}

/** The middle value, or the mean of the two middle ones; null for no values. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Of sorted values: linear between the two nearest (Hyndman & Fan 1996, type 7; NumPy's default). */
export function quantile(sorted: Float64Array, probability: number): number {
  const at = probability * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
}
