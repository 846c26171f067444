/**
 * @file How far a mask is to be trusted, from what is kept of an out-of-fold prediction of it: pixels of the label, and pixels outside it,
 * whose probability reaches each of a row of thresholds.
 *
 * The pixels themselves are not kept, so a pixel's probability is known to one of 20 bins and stands at its bin's middle.
 */
import { DomainError } from "@tessera/domain/errors";
import type { ThresholdCounts } from "@tessera/domain/measures";

export interface PredictedMask {
  /** Pixels that the label marks. */
  readonly truthPixels: number;
  /** Pixels that it does not mark. */
  readonly otherPixels: number;
  readonly counts: ThresholdCounts;
}

/** Of cleanlab's; the lower, the more the least trusted pixels decide. */
const temperature = 0.1;

/**
 * Σ w s / Σ w over pixels with w = e^((1 - s) / 0.1), s being the probability of what the label says of the pixel: near 0 where the model
 * contradicts some pixels strongly, near 1 where none.
 *
 * Source: Lad & Mueller 2023, "Estimating label quality and errors in semantic segmentation data via any model", arXiv:2307.05080,
 * section 3 (softmin). Differs: probabilities in bins of 0.05.
 * @returns [0, 1]
 */
export function softminQuality(mask: PredictedMask): number {
  let [sum, weights] = [0, 0];
  eachBin(mask, (probability, inside, outside) => {
    for (const [pixels, s] of [
      [inside, probability],
      [outside, 1 - probability],
    ] as const) {
      // biome-ignore format: one pair a side
      const weight = pixels * Math.exp((1 - s) / temperature);
      sum += weight * s;
      weights += weight;
    }
  });
  return sum / weights;
}

/**
 * 2 Σ p over the label's pixels / (Σ p over all + label's pixels), the soft Dice of the prediction with the label. Counted only where p is at
 * least 1/2 or the label marks the pixel: thousands of background pixels at 0.025, the middle of the lowest bin, would else count as a region.
 * @returns [0, 1]; 1 where the label marks nothing and the model predicts nothing
 */
export function softDiceQuality(mask: PredictedMask): number {
  let [shared, predicted] = [0, 0];
  eachBin(mask, (probability, inside, outside) => {
    shared += inside * probability;
    predicted += inside * probability + (probability >= 0.5 ? outside * probability : 0);
  });
  const total = predicted + mask.truthPixels;
  return total === 0 ? 1 : (2 * shared) / total;
}

/**
 * Softmin × √soft Dice: how surely a label is contradicted, and, with half its weight, in how much of its region. The root was chosen on
 * planted worlds of their own seeds, and ranks errors no worse than softmin over all pixels in others (decision 0054).
 */
export const maskQuality = (mask: PredictedMask): number => softminQuality(mask) * Math.sqrt(softDiceQuality(mask));

/** Per bin of probability, from the lowest: its middle, and the pixels inside and outside the label. */
function eachBin(
  { truthPixels, otherPixels, counts: { thresholds, truePositives, falsePositives } }: PredictedMask,
  visit: (probability: number, inside: number, outside: number) => void,
): void {
  if (truthPixels + otherPixels === 0) throw new DomainError("BAD_INPUT", "Expected a mask of some pixels, got none");
  const edges = [0, ...thresholds, 1];
  const reaching = (counts: readonly number[], all: number, at: number) =>
    at === 0 ? all : at > counts.length ? 0 : counts[at - 1]!;
  for (let bin = 0; bin < edges.length - 1; bin++) {
    const within = (counts: readonly number[], all: number) =>
      reaching(counts, all, bin) - reaching(counts, all, bin + 1);
    visit((edges[bin]! + edges[bin + 1]!) / 2, within(truePositives, truthPixels), within(falsePositives, otherPixels));
  }
}
