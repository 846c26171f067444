/** @file The runs of a cross-validated experiment, pooled: a repeat's folds together are one run on all items. */
import { joinedTables, type PredictionTable } from "@tessera/analysis/classification/table";
import type { ExperimentSplit } from "@tessera/store/experimentSplits";

interface TabledRun {
  readonly seed: number;
  readonly table: PredictionTable;
}

/**
 * One for each repeat whose folds are all there, under the repeat's number as its seed. Probabilities of different folds' models stand
 * in one table, as in Ilse et al. 2018: an AUC over them also asks that the models agree in scale.
 *
 * @param splits of the experiment; empty where it is not cross-validated: then the runs as they are
 */
export function pooledRepeats<Run extends TabledRun>(runs: readonly Run[], splits: readonly ExperimentSplit[]): Run[] {
  if (splits.length === 0) return [...runs];
  const bySeed = new Map(runs.map((run) => [run.seed, run]));
  return [...Map.groupBy(splits, ({ repeat }) => repeat)].flatMap(([repeat, folds]) => {
    const found = folds.flatMap(({ seed }) => bySeed.get(seed) ?? []);
    const [first, ...rest] = found;
    if (first === undefined || found.length < folds.length) return [];
    return [{ ...first, seed: repeat, table: joinedTables([first.table, ...rest.map(({ table }) => table)]) }];
  });
}
