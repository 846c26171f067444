/** @file The score of each whole repeat of a cross-validation: over all items, each as its fold's model predicted it. */
import { classificationMetrics, metricOfRun } from "@tessera/analysis/classification/metrics";
import { meanScore } from "@tessera/analysis/dice";
import type { ValuedRun } from "@tessera/analysis/seedValues";
import { DomainError } from "@tessera/domain/errors";
import type { ExperimentSplit } from "@tessera/store/experimentSplits";
import type { Task } from "@tessera/store/labelSchemas";
import { tabledRuns } from "../classification/tableOfEvaluation.ts";
import { scoresOf } from "../comparison/assemble.ts";
import type { EvaluatedRun } from "../comparison/countedRun.ts";
import type { Loaders } from "../loaders.ts";
import { pooledCounts, pooledRepeats } from "./pooledRepeats.ts";

export interface ScoredRepeats {
  readonly loaders: Loaders;
  readonly splits: readonly ExperimentSplit[];
  readonly runs: readonly EvaluatedRun[];
  readonly labelVersionId: string;
}

export interface RepeatScore {
  readonly higherIsBetter: boolean;
  /** The margin of equivalence was declared for it. */
  readonly isHeadline: boolean;
  /** One per whole repeat, whose number is its seed. */
  readonly of: (scored: ScoredRepeats) => Promise<ValuedRun[]>;
}

/**
 * @param name null: accuracy, or Dice of segmentation
 * @throws DomainError BAD_INPUT for a metric that the task does not have
 */
export function repeatScore(task: Task, name: string | null): RepeatScore {
  if (task === "segmentation") {
    if (name === null || name === "dice") return { higherIsBetter: true, isHeadline: true, of: diceOfRepeats };
    throw new DomainError("BAD_INPUT", `metric: expected dice of an experiment of segmentation, got "${name}"`, { field: "metric" }); // biome-ignore format: one line
  }
  const metric = classificationMetrics.find((each) => each.name === (name ?? "accuracy"));
  if (!metric) {
    const names = classificationMetrics.map((each) => each.name).join(", ");
    throw new DomainError("BAD_INPUT", `metric: expected one of ${names}, got "${name}"`, { field: "metric" });
  }
  return {
    higherIsBetter: metric.higherIsBetter,
    isHeadline: metric.name === "auc",
    of: async ({ loaders, splits, runs, labelVersionId }) =>
      pooledRepeats(await tabledRuns(loaders, runs, labelVersionId), splits).map(({ seed, table }) => ({
        seed,
        value: metricOfRun(metric, table, 0.95),
        n: table.itemIds.length,
      })),
  };
}

async function diceOfRepeats({ loaders, splits, runs }: ScoredRepeats): Promise<ValuedRun[]> {
  const items = await Promise.all(runs.map((run) => loaders.evaluationItems.load(run.evaluationId)));
  const counted = runs.map((run, at) => ({ ...run, items: items[at]! }));
  return pooledCounts(counted, splits).map((repeat) => {
    const { mean, n } = meanScore([...scoresOf(repeat.items).values()]);
    return { seed: repeat.seed, value: mean, n };
  });
}
