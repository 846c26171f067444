/**
 * @file What an AUC on noisy labels would be on clean ones, where the noise flips a class's labels by chance alone.
 *
 * Menon, van Rooyen, Ong and Williamson (2015, ICML, "Learning from corrupted binary labels via class-probability estimation",
 * section 4): AUC_noisy = (1 - a - b) AUC_clean + (a + b) / 2, where a is the share of noisy positives that are negative, b the
 * share of noisy negatives that are positive. Both follow from the flip rates and the noisy prevalence. Difference: the
 * prevalence is that of the fold, not known beforehand, so with few positives the correction has its error too. Symmetric noise only.
 */
import { macroMean } from "../classification/metrics.ts";
import type { Ranking } from "../classification/ranking.ts";
import { auc } from "../classification/roc.ts";
import type { PredictionTable } from "../classification/table.ts";

export interface FlipRates {
  /** Chance that a present class is called absent. */
  readonly lost: number;
  /** Chance that an absent class is called present. */
  readonly gained: number;
}

/** Of one class where a share `rate` of labels is drawn anew among all classes alike; of classes that are not exclusive, present or absent. */
export const symmetricFlips = (
  rate: number,
  { classes, exclusive }: Pick<PredictionTable, "classes" | "exclusive">,
): FlipRates => {
  const options = exclusive ? classes.length : 2;
  return { lost: (rate * (options - 1)) / options, gained: rate / options };
};

/** Null where the noise leaves no trace of the clean order, or the noisy prevalence is outside of what the rates allow. */
export function correctAuc(noisy: number, noisyPrevalence: number, { lost, gained }: FlipRates): number | null {
  const kept = 1 - lost - gained;
  if (kept <= 0) return null;
  const prevalence = (noisyPrevalence - gained) / kept;
  if (!(prevalence > 0 && prevalence < 1)) return null;
  const falsePositives = ((1 - prevalence) * gained) / noisyPrevalence;
  const falseNegatives = (prevalence * lost) / (1 - noisyPrevalence);
  return (noisy - (falsePositives + falseNegatives) / 2) / (1 - falsePositives - falseNegatives);
}

/** The macro AUC of a run on noisy labels, corrected class by class. Unlike an AUC it may come out above 1. */
export function correctedAuc(table: PredictionTable, rate: number): number | null {
  const rates = symmetricFlips(rate, table);
  return macroMean(table, (ranking: Ranking) => {
    const noisy = auc(ranking);
    const positives = ranking.truth.reduce((sum: number, value) => sum + value, 0);
    return noisy === null ? null : correctAuc(noisy, positives / ranking.truth.length, rates);
  });
}
