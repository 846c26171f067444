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
