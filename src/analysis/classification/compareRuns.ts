/** @file Arms of classification runs against each other in one metric, and one pair of runs in AUC. */
import { DomainError } from "@tessera/domain/errors";
import { type Comparison, type ComparisonOptions, compareArms } from "../comparison.ts";
import { compareSeedValues, type SeedValueComparison } from "../seedValues.ts";
import { type DeLong, deLong } from "./deLong.ts";
import type { ClassificationMetric } from "./metrics.ts";
import type { PredictionTable } from "./table.ts";

export interface PredictedArm {
  readonly name: string;
  readonly runs: readonly { readonly seed: number; readonly table: PredictionTable }[];
}

export interface MetricOptions extends Omit<ComparisonOptions, "higherIsBetter"> {
  /** Of sensitivity at a specificity; 0.95 unless given. */
  readonly specificity?: number;
}

/** `bootstrap`: only where the metric is a mean over items. */
export type ClassificationComparison = (SeedValueComparison & { readonly bootstrap: null }) | Comparison;

/**
 * Compares b with a, the reference: a metric of items by its means over items, one of whole runs by its values.
 * @throws DomainError BAD_INPUT as `compareArms` and `compareSeedValues`
 */
export function compareMetric(
  a: PredictedArm,
  b: PredictedArm,
  metric: ClassificationMetric,
  { specificity = 0.95, ...options }: MetricOptions = {},
): ClassificationComparison {
  const judged = { ...options, higherIsBetter: metric.higherIsBetter };
  if (metric.of === "items") {
    const scored = ({ name, runs }: PredictedArm) => ({
      name,
      runs: runs.map(({ seed, table }) => ({ seed, scores: metric.scores(table) })),
    });
    return compareArms(scored(a), scored(b), judged);
  }
  const valued = ({ name, runs }: PredictedArm) => ({
    name,
    runs: runs.map(({ seed, table }) => ({ seed, value: metric.value(table, specificity), n: table.itemIds.length })),
  });
  return { ...compareSeedValues(valued(a), valued(b), judged), bootstrap: null };
}

/**
 * DeLong's test of one class, on the items of which both runs know it.
 * @param index of the class
 * @throws DomainError BAD_INPUT for other classes, and for an item whose truth is not the same in both
 */
export function compareAucs(a: PredictionTable, b: PredictionTable, index: number): DeLong | null {
  const named = ({ classes, exclusive }: PredictionTable) => JSON.stringify([classes, exclusive]);
  if (named(a) !== named(b)) {
    throw new DomainError("BAD_INPUT", `Expected runs of the same classes, got ${a.classes} and ${b.classes}`);
  }
  const rowsOfB = new Map(b.itemIds.map((itemId, row) => [itemId, row]));
  const [truth, scoresA, scoresB]: [number[], number[], number[]] = [[], [], []];
  a.itemIds.forEach((itemId, rowA) => {
    const rowB = rowsOfB.get(itemId);
    if (rowB === undefined) return;
    const [atA, atB] = [rowA * a.classes.length + index, rowB * b.classes.length + index];
    const [inA, inB] = [a.truth[atA]!, b.truth[atB]!];
    if (inA < 0 || inB < 0) return;
    if (inA !== inB) {
      const text = `Item ${itemId}: expected one truth in both runs, got ${inA} and ${inB}`;
      throw new DomainError("BAD_INPUT", `${text}; compare runs of one label version`, { itemId });
    }
    truth.push(inA);
    scoresA.push(a.probabilities[atA]!);
    scoresB.push(b.probabilities[atB]!);
  });
  return deLong(truth, scoresA, scoresB);
}
