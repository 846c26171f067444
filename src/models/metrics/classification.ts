/** @file The few scores of a classification that training itself needs; src/analysis has all of them, with the same values. */
import type { ClassValues } from "@tessera/domain/classValues";

/** A class that stands by itself is called present above this probability. */
export const presentAbove = 0.5;

interface Prediction {
  readonly truth: ClassValues;
  readonly probabilities: readonly number[];
}

/**
 * The share of pairs of a positive and a negative item in which the positive has the higher probability, ties counting a half:
 * the Mann–Whitney statistic, the area under the ROC curve (Hanley & McNeil 1982).
 * @param truth 1 or 0; null is left out
 * @returns null without both kinds
 */
export function auc(truth: ClassValues, probabilities: readonly number[]): number | null {
  const known = truth
    .map((value, item) => ({ value, probability: probabilities[item]! }))
    .filter(({ value }) => value !== null)
    .sort((a, b) => a.probability - b.probability);
  let [positives, negatives, wins] = [0, 0, 0];
  for (let from = 0; from < known.length; ) {
    let to = from;
    while (to < known.length && known[to]!.probability === known[from]!.probability) to++;
    const positive = known.slice(from, to).filter(({ value }) => value === 1).length;
    const negative = to - from - positive;
    wins += positive * (negatives + negative / 2);
    positives += positive;
    negatives += negative;
    from = to;
  }
  return positives === 0 || negatives === 0 ? null : wins / (positives * negatives);
}

/** The mean over the classes with a defined AUC, each against the rest; of two exclusive classes the second's alone. */
export function meanAuc(predictions: readonly Prediction[], exclusive: boolean): number | null {
  const classes = predictions[0]?.truth.length ?? 0;
  const ofClass = (index: number) =>
    auc(
      predictions.map(({ truth }) => truth[index]!),
      predictions.map(({ probabilities }) => probabilities[index]!),
    );
  const first = exclusive && classes === 2 ? 1 : 0;
  const defined = Array.from({ length: classes - first }, (_, index) => ofClass(first + index)).filter(
    (value) => value !== null,
  );
  return defined.length === 0 ? null : defined.reduce((sum, value) => sum + value, 0) / defined.length;
}

/**
 * The mean over items of which something is known, at least one, of: 1 where the most probable class (the first of equals) is
 * the true one, else 0; of classes that stand by themselves, the share of the known ones that is called right.
 */
export function accuracyOf(predictions: readonly Prediction[], exclusive: boolean): number {
  const told = predictions.filter(({ truth }) => truth.some((value) => value !== null));
  return told.reduce((sum, each) => sum + (exclusive ? topIsTrue(each) : shareRight(each)), 0) / told.length;
}

const topIsTrue = ({ truth, probabilities }: Prediction): number =>
  truth[probabilities.indexOf(Math.max(...probabilities))] === 1 ? 1 : 0;

function shareRight({ truth, probabilities }: Prediction): number {
  const known = truth.flatMap((value, index) =>
    value === null ? [] : [{ value, probability: probabilities[index]! }],
  );
  return known.filter(({ value, probability }) => probability > presentAbove === (value === 1)).length / known.length;
}
