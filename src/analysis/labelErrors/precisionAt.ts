/** @file How many of the first k of a ranking are planted errors. */
import { wilson } from "../wilson.ts";

export interface PrecisionAt {
  readonly k: number;
  /** Planted errors among the first k. */
  readonly hits: number;
  readonly precision: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Intervals as if the k were drawn from a long list of equally suspect labels, which is what a reader who takes the next k would find.
 *
 * @param planted in the order of the ranking: whether each is an error @param ks rising; those above the length are left out
 */
export function precisionAt(planted: readonly boolean[], ks: readonly number[], confidence = 0.95): PrecisionAt[] {
  const hits = [0];
  for (const each of planted) hits.push(hits.at(-1)! + Number(each));
  return ks
    .filter((k) => k >= 1 && k <= planted.length)
    .map((k) => ({ k, hits: hits[k]!, precision: hits[k]! / k, ...wilson(hits[k]!, k, confidence) }));
}

/** 1, 2, 5, 10, 20, 50, … up to the length, which is the last. */
export function roundPlaces(length: number): number[] {
  const places: number[] = [];
  for (let decade = 1; decade <= length; decade *= 10) places.push(...[1, 2, 5].map((digit) => digit * decade));
  return [...places.filter((place) => place < length), ...(length > 0 ? [length] : [])];
}
