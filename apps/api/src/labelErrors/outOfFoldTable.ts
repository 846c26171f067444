/** @file Out-of-fold probabilities beside the labels that are looked at, as the table that confidence is learnt from. */
import { type ClassSet, type PredictionTable, predictionTable } from "@tessera/analysis/classification/table";
import { mean } from "@tessera/analysis/summary";
import type { ClassValues } from "@tessera/domain/classValues";
import type { ClassificationPrediction } from "@tessera/store/evaluations";

/**
 * Probabilities are means over the repeats. What the runs were scored on is not looked at: it may be another label version.
 * @param repeats of each repeat every item once
 * @param labelOf null: the version has no label of the item, which is left out
 */
export function outOfFoldTable(
  repeats: readonly (readonly ClassificationPrediction[])[],
  labelOf: (itemId: string) => ClassValues | null,
  classes: ClassSet,
): PredictionTable {
  const byItem = Map.groupBy(repeats.flat(), ({ itemId }) => itemId);
  const rows = [...byItem].flatMap(([itemId, said]) => {
    const truth = labelOf(itemId);
    const probabilities = classes.classes.map((_, index) => mean(said.map((each) => each.probabilities[index]!)));
    return truth === null ? [] : [{ itemId, truth, probabilities }];
  });
  return predictionTable(rows, classes);
}
