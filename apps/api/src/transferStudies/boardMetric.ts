/** @file What a board's final scores are in: the metric of one evaluation, and what chance is of it. */
import { classificationMetrics, metricOfRun } from "@tessera/analysis/classification/metrics";
import { meanScore } from "@tessera/analysis/dice";
import { segmentationMetrics } from "@tessera/analysis/segmentation/metrics";
import { type Chance, classificationChance, segmentationChance } from "@tessera/analysis/transfer/chance";
import { DomainError } from "@tessera/domain/errors";
import type { Evaluation, EvaluationItem } from "@tessera/store/evaluations";
import type { Task } from "@tessera/store/labelSchemas";
import { tableOfEvaluation } from "../classification/tableOfEvaluation.ts";
import type { Context } from "../context.ts";
import type { Metric } from "../scoredSets/metric.type.ts";
import type { RunScores } from "./runScores.ts";

export interface BoardMetric {
  readonly shown: Metric;
  /** What an equivalence margin is declared for. */
  readonly isHeadline: boolean;
  scoresOf(evaluation: Evaluation): Promise<RunScores>;
  chanceOf(evaluation: Evaluation): Promise<Chance>;
}

const specificity = 0.95;

/** @throws DomainError BAD_INPUT for a metric that the task does not have */
export function boardMetric(context: Context, task: Task, name: string | null): BoardMetric {
  return task === "classification" ? ofClasses(context, name ?? "auc") : ofMasks(context, name ?? "dice");
}

function chosen<Named extends { readonly name: string }>(metrics: readonly Named[], name: string): Named {
  const metric = metrics.find((each) => each.name === name);
  if (metric) return metric;
  const names = metrics.map((each) => each.name).join(", ");
  throw new DomainError("BAD_INPUT", `metric: expected one of ${names}, got "${name}"`, { field: "metric" });
}

function ofClasses({ loaders, services, teamId }: Context, name: string): BoardMetric {
  const metric = chosen(classificationMetrics, name);
  const { label, higherIsBetter, convention } = metric;
  return {
    shown: { name, label, unit: null, higherIsBetter, convention },
    isHeadline: name === "auc",
    scoresOf: (evaluation) =>
      // an evaluation is never updated, so its id stands for its content
      services.runScores.get([teamId, evaluation.id, name], async () => {
        const table = await tableOfEvaluation(loaders, evaluation);
        if (metric.of === "items") return { scores: metric.scores(table) };
        return { value: metricOfRun(metric, table, specificity), n: table.itemIds.length };
      }),
    chanceOf: async (evaluation) =>
      classificationChance(metric, await tableOfEvaluation(loaders, evaluation), specificity),
  };
}

function ofMasks({ loaders, services, teamId }: Context, name: string): BoardMetric {
  const counted = segmentationMetrics.flatMap(({ fromCounts, ...metric }) =>
    fromCounts === null ? [] : [{ ...metric, fromCounts }],
  );
  const metric = chosen(counted, name);
  const { label, unit, higherIsBetter, convention, fromCounts } = metric;
  return {
    shown: { name, label, unit, higherIsBetter, convention },
    isHeadline: name === "dice",
    scoresOf: (evaluation) =>
      services.runScores.get([teamId, evaluation.id, name], async () => {
        const items = classesByItem(await loaders.evaluationItems.load(evaluation.id));
        return { scores: new Map([...items].map(([id, classes]) => [id, meanScore(classes.map(fromCounts)).mean])) };
      }),
    chanceOf: async (evaluation) => {
      const items = classesByItem(await loaders.evaluationItems.load(evaluation.id));
      return segmentationChance(metric, [...items.values()]);
    },
  };
}

const classesByItem = (rows: readonly EvaluationItem[]): Map<string, EvaluationItem[]> =>
  Map.groupBy(rows, ({ itemId }) => itemId);
