/**
 * @file Scores of single items, whose mean over items is the run's: what `compareArms` compares.
 *
 * Exclusive classes: of the item. Classes that stand by themselves: the mean over those that are known of the item.
 */
import { type PredictionTable, scoredClasses, topClass, trueClass } from "./table.ts";

/** A probability of 0 would cost without limit; scikit-learn's `log_loss` has the same least probability for 64-bit floats. */
const least = Number.EPSILON;

/** By item id. */
export type ItemScores = ReadonlyMap<string, number>;

/** 1 where the top class is the true one, else 0; by themselves: the share of known classes called right, present above 0.5. */
export const itemAccuracy = (table: PredictionTable): ItemScores =>
  scores(
    table,
    (item) => (topClass(table, item) === trueClass(table, item) ? 1 : 0),
    (probability, truth) => (probability > 0.5 === (truth === 1) ? 1 : 0),
  );

/**
 * Brier 1950: (p - y)², of the positive class where there are two or one by itself (0 to 1), summed over several exclusive
 * classes (0 to 2), as scikit-learn's `brier_score_loss`.
 */
export const itemBrier = (table: PredictionTable): ItemScores =>
  scores(
    table,
    (item) =>
      scoredClasses(table).reduce((sum, index) => {
        const at = item * table.classes.length + index;
        return sum + (table.probabilities[at]! - table.truth[at]!) ** 2;
      }, 0),
    (probability, truth) => (probability - truth) ** 2,
  );

/** Minus the natural logarithm of the probability of what is true, that probability kept 2.2e-16 from 0. */
export const itemLogLoss = (table: PredictionTable): ItemScores =>
  scores(
    table,
    (item) => logLossOf(table.probabilities[item * table.classes.length + trueClass(table, item)]!),
    (probability, truth) => logLossOf(truth === 1 ? probability : 1 - probability),
  );

const logLossOf = (probability: number) => -Math.log(Math.min(Math.max(probability, least), 1 - least));

function scores(
  table: PredictionTable,
  ofItem: (item: number) => number,
  ofClass: (probability: number, truth: number) => number,
): ItemScores {
  const { classes, exclusive, truth, probabilities, itemIds } = table;
  const byItself = (item: number) => {
    let [sum, known] = [0, 0];
    for (let at = item * classes.length; at < (item + 1) * classes.length; at++) {
      if (truth[at]! < 0) continue;
      sum += ofClass(probabilities[at]!, truth[at]!);
      known++;
    }
    return sum / known;
  };
  return new Map(itemIds.map((itemId, item) => [itemId, exclusive ? ofItem(item) : byItself(item)]));
}
