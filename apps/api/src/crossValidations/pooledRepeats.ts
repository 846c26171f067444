/** @file The runs of a cross-validated experiment, pooled: a repeat's folds together are one run on all items. */
import { joinedTables, type PredictionTable } from "@tessera/analysis/classification/table";
import type { ExperimentSplit } from "@tessera/store/experimentSplits";
import type { CountedRun } from "../comparison/countedRun.ts";

interface TabledRun {
  readonly seed: number;
  readonly table: PredictionTable;
}

/**
 * The runs of each repeat whose folds are all there, in the order of the folds. Every item is tested by one of them, which has not
 * seen it.
 */
export function wholeRepeats<Run extends { readonly seed: number }>(
  runs: readonly Run[],
  splits: readonly ExperimentSplit[],
): { readonly repeat: number; readonly runs: readonly [Run, ...Run[]] }[] {
  const bySeed = new Map(runs.map((run) => [run.seed, run]));
  return [...Map.groupBy(splits, ({ repeat }) => repeat)].flatMap(([repeat, folds]) => {
    const [first, ...rest] = folds.flatMap(({ seed }) => bySeed.get(seed) ?? []);
    return first === undefined || rest.length + 1 < folds.length ? [] : [{ repeat, runs: [first, ...rest] as const }];
  });
}

/**
 * One for each whole repeat, under the repeat's number as its seed. Probabilities of different folds' models stand in one table, as in
 * Ilse et al. 2018: an AUC over them also asks that the models agree in scale.
 *
 * @param splits of the experiment; empty where it is not cross-validated: then the runs as they are
 */
export function pooledRepeats<Run extends TabledRun>(runs: readonly Run[], splits: readonly ExperimentSplit[]): Run[] {
  if (splits.length === 0) return [...runs];
  return wholeRepeats(runs, splits).map(({ repeat, runs: [first, ...rest] }) => ({
    ...first,
    seed: repeat,
    table: joinedTables([first.table, ...rest.map(({ table }) => table)]),
  }));
}

/** As `pooledRepeats`, of segmentation. */
export function pooledCounts(runs: readonly CountedRun[], splits: readonly ExperimentSplit[]): CountedRun[] {
  if (splits.length === 0) return [...runs];
  return wholeRepeats(runs, splits).map(({ repeat, runs: folds }) => ({
    ...folds[0],
    seed: repeat,
    items: folds.flatMap(({ items }) => items),
  }));
}
