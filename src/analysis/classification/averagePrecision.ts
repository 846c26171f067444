/** @file Average precision: the precision at each threshold, weighted by the positives that the threshold adds. */
import { type Ranking, thresholdCounts, type Weights } from "./ranking.ts";

/**
 * Σ (R_k - R_k-1) P_k over distinct scores from the highest, as scikit-learn's `average_precision_score`: no trapezoids, which
 * would be too high (Davis & Goadrich 2006). Chance is the share of positives.
 * @returns 0 to 1; null without a positive item, where scikit-learn says 0
 */
export function averagePrecision(ranking: Ranking, weights?: Weights): number | null {
  const { truePositives, falsePositives, positives } = thresholdCounts(ranking, weights);
  if (positives === 0) return null;
  let sum = 0;
  let before = 0;
  for (let group = 0; group < truePositives.length; group++) {
    const tp = truePositives[group]!;
    if (tp > before) sum += (tp - before) * (tp / (tp + falsePositives[group]!));
    before = tp;
  }
  return sum / positives;
}
