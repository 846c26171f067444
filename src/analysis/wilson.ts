import { normalQuantile } from "./normal.ts";

/** Wilson's score interval of a share (Wilson 1927; Brown, Cai & DasGupta 2001, section 3.1.1). @param n above 0 */
export function wilson(hits: number, n: number, confidence: number): { readonly low: number; readonly high: number } {
  const z = normalQuantile(0.5 + confidence / 2);
  const share = hits / n;
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const reach = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return { low: hits === 0 ? 0 : middle - reach, high: hits === n ? 1 : middle + reach };
}

export interface CountedShare {
  readonly hits: number;
  readonly of: number;
  readonly share: number;
  /** Wilson's. */
  readonly low: number;
  readonly high: number;
}

/** Null of nothing. */
export const countedShare = (hits: number, of: number, confidence: number): CountedShare | null =>
  of === 0 ? null : { hits, of, share: hits / of, ...wilson(hits, of, confidence) };
