/** @file The items of a classification run from most wrong to most right, or the other way round. */
import { itemLogLoss } from "@tessera/analysis/classification/itemScores";
import type { PredictionTable } from "@tessera/analysis/classification/table";
import type { ClassificationPrediction } from "@tessera/store/evaluations";
import { decodeCursor, type PageOf, pageOf } from "@tessera/store/page";
import type { ScoreOrder } from "../evaluations/scores.ts";
import type { PageArgs } from "../graphql/connection.ts";

export type PredictedItem = ClassificationPrediction & { readonly logLoss: number | null };

/** Ordered by log loss, then item; the cursor is that key. Items of which no class is known come last in both orders. */
export function pageOfPredictions(
  { predictions, table }: { predictions: readonly ClassificationPrediction[]; table: PredictionTable },
  page: PageArgs,
  order: ScoreOrder,
): PageOf<PredictedItem> {
  const losses = itemLogLoss(table);
  const sign = order === "worst-first" ? -1 : 1;
  const key = ({ logLoss, itemId }: PredictedItem) => [logLoss === null ? "Infinity" : String(sign * logLoss), itemId];
  const before = (a: readonly string[], b: readonly string[]) =>
    a[0] === b[0] ? (a[1]! < b[1]! ? -1 : Number(a[1]! > b[1]!)) : Number(a[0]) - Number(b[0]);
  const sorted = predictions
    .map((row) => ({ ...row, logLoss: losses.get(row.itemId) ?? null }))
    .toSorted((a, b) => before(key(a), key(b)));
  const after = decodeCursor(page.after, 2);
  const rest = after === null ? sorted : sorted.filter((row) => before(key(row), after) > 0);
  return pageOf(rest, page.first, predictions.length, key);
}
