/**
 * @file Calibration: of the items called present with 80 %, are 80 % present?
 *
 * 15 bins of equal width, each with its upper edge (0 is in the first), as Guo et al. 2017 (arXiv:1706.04599, section 2).
 * A class by itself, and two exclusive ones: the positive class's probability against how often it is present. Several
 * exclusive ones: the top class's probability against how often it is the true one.
 */
import { type PredictionTable, scoredClasses, topClass, trueClass } from "./table.ts";

export const calibrationBins = 15;

export interface ReliabilityBin {
  /** Probabilities above `from`, up to and with `to`. */
  readonly from: number;
  readonly to: number;
  /** Items. */
  readonly n: number;
  /** Mean probability; null for an empty bin. */
  readonly confidence: number | null;
  /** Share of the items that are what was said; null for an empty bin. */
  readonly share: number | null;
}

export interface Calibration {
  /** [calibrationBins] */
  readonly bins: readonly ReliabilityBin[];
  /** Expected calibration error: the mean of |confidence - share| over items; null for no item. */
  readonly error: number | null;
  readonly n: number;
}

/** @param probabilities [items], 0 to 1 @param hits [items], whether the item is what the probability speaks of */
export function reliability(probabilities: ArrayLike<number>, hits: ArrayLike<boolean | number>): Calibration {
  const edge = (index: number) => index * (1 / calibrationBins);
  const sums = Array.from({ length: calibrationBins }, () => ({ n: 0, probability: 0, hits: 0 }));
  for (let item = 0; item < probabilities.length; item++) {
    const probability = probabilities[item]!;
    let bin = 0;
    while (bin < calibrationBins - 1 && probability > edge(bin + 1)) bin++;
    sums[bin]!.n++;
    sums[bin]!.probability += probability;
    if (hits[item]) sums[bin]!.hits++;
  }
  const n = probabilities.length;
  const apart = sums.reduce((total, bin) => total + Math.abs(bin.probability - bin.hits), 0);
  const bins = sums.map((bin, index) => ({
    from: edge(index),
    to: index === calibrationBins - 1 ? 1 : edge(index + 1),
    n: bin.n,
    confidence: bin.n === 0 ? null : bin.probability / bin.n,
    share: bin.n === 0 ? null : bin.hits / bin.n,
  }));
  return { bins, error: n === 0 ? null : apart / n, n };
}

/** Of one class against all others, over the items of which it is known. */
export function classReliability(table: PredictionTable, index: number): Calibration {
  const places = table.itemIds.map((_, item) => item * table.classes.length + index);
  const known = places.filter((place) => table.truth[place]! >= 0);
  return reliability(
    known.map((place) => table.probabilities[place]!),
    known.map((place) => table.truth[place]!),
  );
}

/** Of the top class, for several exclusive ones; of the positive class, for two; null where classes stand by themselves. */
export function tableReliability(table: PredictionTable): Calibration | null {
  const scored = scoredClasses(table);
  if (scored.length === 1) return classReliability(table, scored[0]!);
  if (!table.exclusive) return null;
  const tops = table.itemIds.map((_, item) => topClass(table, item));
  return reliability(
    tops.map((top, item) => table.probabilities[item * table.classes.length + top]!),
    tops.map((top, item) => top === trueClass(table, item)),
  );
}

/** Expected calibration error of a run: the table's, or the mean over classes that stand by themselves; null for no item. */
export function expectedCalibrationError(table: PredictionTable): number | null {
  const whole = tableReliability(table);
  if (whole) return whole.error;
  const errors = scoredClasses(table).flatMap((index) => classReliability(table, index).error ?? []);
  return errors.length === 0 ? null : errors.reduce((sum, error) => sum + error, 0) / errors.length;
}
