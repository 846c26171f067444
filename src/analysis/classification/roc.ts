/** @file The receiver operating characteristic: its curve, the area under it, and sensitivity at a specificity. */
import { DomainError } from "@tessera/domain/errors";
import { type Ranking, thresholdCounts, type Weights } from "./ranking.ts";

export interface RocPoint {
  /** Items with this score or more are called present; null at the start of the curve: none is. */
  readonly threshold: number | null;
  readonly falsePositiveRate: number;
  readonly sensitivity: number;
}

/**
 * From (0, 0) to (1, 1), a point per distinct score; points inside a straight piece are kept, as scikit-learn's `roc_curve`
 * does with `drop_intermediate=False`. Null without a positive or a negative item.
 */
export function roc(ranking: Ranking): RocPoint[] | null {
  const { truePositives, falsePositives, positives, negatives } = thresholdCounts(ranking);
  if (positives === 0 || negatives === 0) return null;
  const points: RocPoint[] = [{ threshold: null, falsePositiveRate: 0, sensitivity: 0 }];
  ranking.ends.forEach((end, group) => {
    points.push({
      threshold: ranking.scores[ranking.order[end - 1]!]!,
      falsePositiveRate: falsePositives[group]! / negatives,
      sensitivity: truePositives[group]! / positives,
    });
  });
  return points;
}

/**
 * The chance that a positive item has a higher score than a negative one, a tie counting half (Mann & Whitney 1947; Hanley &
 * McNeil 1982): the area under the trapezoids of the ROC curve. Chance is 0.5.
 * @returns 0 to 1, or null without a positive or a negative item
 */
export function auc(ranking: Ranking, weights?: Weights): number | null {
  const { truePositives, falsePositives, positives, negatives } = thresholdCounts(ranking, weights);
  if (positives === 0 || negatives === 0) return null;
  let area = 0;
  let [tp, fp] = [0, 0];
  for (let group = 0; group < truePositives.length; group++) {
    area += (falsePositives[group]! - fp) * (truePositives[group]! + tp);
    [tp, fp] = [truePositives[group]!, falsePositives[group]!];
  }
  return area / (2 * positives * negatives);
}

export interface OperatingPoint {
  /** Items with this score or more are called present; null: none is. */
  readonly threshold: number | null;
  readonly sensitivity: number;
  /** The one reached: the asked one or more. */
  readonly specificity: number;
}

/**
 * The highest sensitivity of those thresholds that leave the specificity at `specificity` or above; of several such the
 * highest specificity. Nothing is interpolated. The threshold is chosen on these very items, so this is a point of their
 * curve; one to use comes from validation.
 * @param specificity 0 to 1
 * @returns null without a positive or a negative item
 * @throws DomainError BAD_INPUT for a specificity outside 0 to 1
 */
export function sensitivityAtSpecificity(
  ranking: Ranking,
  specificity: number,
  weights?: Weights,
): OperatingPoint | null {
  if (!(specificity >= 0 && specificity <= 1)) {
    throw new DomainError("BAD_INPUT", `specificity: expected a number from 0 to 1, got ${specificity}`);
  }
  const { truePositives, falsePositives, positives, negatives } = thresholdCounts(ranking, weights);
  if (positives === 0 || negatives === 0) return null;
  const most = (1 - specificity) * negatives + 1e-9; // of false positives; 0.95 of 20 leaves one, whatever 1 - 0.95 is
  let best = -1;
  for (let group = 0; group < truePositives.length && falsePositives[group]! <= most; group++) {
    if (truePositives[group]! > (best < 0 ? 0 : truePositives[best]!)) best = group;
  }
  if (best < 0) return { threshold: null, sensitivity: 0, specificity: 1 };
  return {
    threshold: ranking.scores[ranking.order[ranking.ends[best]! - 1]!]!,
    sensitivity: truePositives[best]! / positives,
    specificity: 1 - falsePositives[best]! / negatives,
  };
}

/** Sensitivity and specificity of calling present what scores `threshold` or more; null where there is none to call. */
export function atThreshold(
  { truth, scores }: Ranking,
  threshold: number,
): { readonly sensitivity: number | null; readonly specificity: number | null } {
  const [called, items] = [
    [0, 0],
    [0, 0],
  ];
  truth.forEach((value, item) => {
    items[value]!++;
    if (scores[item]! >= threshold) called[value]!++;
  });
  return {
    sensitivity: items[1] === 0 ? null : called[1]! / items[1]!,
    specificity: items[0] === 0 ? null : 1 - called[0]! / items[0]!,
  };
}
