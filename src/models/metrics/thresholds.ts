/** @file Probabilities to predicted pixels, and how many there would be at other thresholds. */
import { DomainError } from "@tessera/domain/errors";
import type { ThresholdCounts } from "@tessera/domain/measures";

/** 1 where the probability is at least `threshold`, compared in single precision as TensorFlow does. */
export function thresholded(probabilities: Float32Array, threshold: number): Uint8Array {
  const least = Math.fround(threshold);
  const mask = new Uint8Array(probabilities.length);
  for (let i = 0; i < mask.length; i++) if (probabilities[i]! >= least) mask[i] = 1;
  return mask;
}

/**
 * The probabilities of each class alone, where a pixel is of one class at most: the most probable, the first of equals. So a
 * prediction at any threshold is exclusive, as its truth is.
 * @param probabilities [pixels, classes]
 * @returns per class [pixels]: its probability where it is the most probable, else 0; of one class, the probabilities themselves
 */
export function exclusiveClasses(probabilities: Float32Array, classes: number): Float32Array[] {
  if (classes === 1) return [probabilities];
  const pixels = probabilities.length / classes;
  const split = Array.from({ length: classes }, () => new Float32Array(pixels));
  for (let at = 0; at < pixels; at++) {
    let best = 0;
    for (let each = 1; each < classes; each++) {
      if (probabilities[at * classes + each]! > probabilities[at * classes + best]!) best = each;
    }
    split[best]![at] = probabilities[at * classes + best]!;
  }
  return split;
}

/**
 * As `pixelCounts` of `thresholded` at each of the thresholds, in one pass.
 * @param truth  as long as `probabilities`, 0 is background.
 * @param thresholds  rising.
 * @throws DomainError BAD_INPUT when the lengths differ.
 */
export function countsAtThresholds(
  probabilities: Float32Array,
  truth: Uint8Array,
  thresholds: readonly number[],
): ThresholdCounts {
  if (probabilities.length !== truth.length) {
    const lengths = `${probabilities.length} and ${truth.length}`;
    throw new DomainError("BAD_INPUT", `countsAtThresholds: expected one length, got ${lengths}`);
  }
  const least = Float32Array.from(thresholds);
  // How many thresholds a pixel reaches -> pixels, in the truth and outside it.
  const [inside, outside] = [new Array<number>(least.length + 1).fill(0), new Array<number>(least.length + 1).fill(0)];
  for (let i = 0; i < truth.length; i++) {
    const probability = probabilities[i]!;
    let reached = 0;
    while (reached < least.length && probability >= least[reached]!) reached++;
    (truth[i] === 0 ? outside : inside)[reached]!++;
  }
  const reaching = (pixels: readonly number[]) =>
    thresholds.map((_, t) => pixels.slice(t + 1).reduce((sum, each) => sum + each, 0));
  return { thresholds: [...thresholds], truePositives: reaching(inside), falsePositives: reaching(outside) };
}
