/** @file From a table of predictions to the shape of the schema. */
import { classificationMetrics } from "@tessera/analysis/classification/metrics";
import { classificationScores } from "@tessera/analysis/classification/scores";
import type { PredictionTable } from "@tessera/analysis/classification/table";
import type { ClassificationScores } from "./classificationScores.type.ts";
import { thinnedRoc } from "./thinnedRoc.ts";

/** @throws DomainError BAD_INPUT for a specificity outside 0 to 1 */
export function scoresOfTable(table: PredictionTable, specificity: number): ClassificationScores {
  const { metrics, classes, ...scores } = classificationScores(table, specificity);
  return {
    ...scores,
    classNames: table.classes,
    metrics: classificationMetrics.map((metric) => ({ metric, value: metrics.get(metric.name) ?? null })),
    classes: classes.map(({ aucInterval, averagePrecisionInterval, roc, ...score }) => ({
      ...score,
      aucLow: aucInterval?.low ?? null,
      aucHigh: aucInterval?.high ?? null,
      averagePrecisionLow: averagePrecisionInterval?.low ?? null,
      averagePrecisionHigh: averagePrecisionInterval?.high ?? null,
      roc: roc && thinnedRoc(roc),
    })),
  };
}
