/** @file What was taken for what, and the shares that follow from it. */
import { type PredictionTable, topClass, trueClass } from "./table.ts";

/** Rows: truth; columns: prediction. Item counts. */
export type Confusion = readonly (readonly number[])[];

/** Of exclusive classes: [classes x classes], an item being called its top class. */
export function confusion(table: PredictionTable): Confusion {
  const counts = table.classes.map(() => table.classes.map(() => 0));
  table.itemIds.forEach((_, item) => {
    counts[trueClass(table, item)]![topClass(table, item)]!++;
  });
  return counts;
}

/** Of one class against all others: [absent, present x absent, present]; called present above a probability of 0.5. */
export function classConfusion({ classes, truth, probabilities, itemIds }: PredictionTable, index: number): Confusion {
  const counts = [
    [0, 0],
    [0, 0],
  ];
  itemIds.forEach((_, item) => {
    const at = item * classes.length + index;
    if (truth[at]! >= 0) counts[truth[at]!]![probabilities[at]! > 0.5 ? 1 : 0]!++;
  });
  return counts;
}

/** Share of the items on the diagonal; null for no item. Chance is the share of the largest class. */
export function accuracyOf(counts: Confusion): number | null {
  const all = counts.flat().reduce((sum, count) => sum + count, 0);
  return all === 0 ? null : counts.reduce((sum, row, index) => sum + row[index]!, 0) / all;
}

/** Mean over classes of the share of their items that was called so; classes without an item are left out; null for none. */
export function balancedAccuracyOf(counts: Confusion): number | null {
  const shares = counts.flatMap((row, index) => {
    const items = row.reduce((sum, count) => sum + count, 0);
    return items === 0 ? [] : [row[index]! / items];
  });
  return shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
