/** @file What a metric is without having learnt anything, on the items of a fold. */
import { type ClassificationMetric, metricOfRun } from "../classification/metrics.ts";
import type { PredictionTable } from "../classification/table.ts";
import { meanScore } from "../dice.ts";
import type { ClassCounts } from "../segmentation/itemFacts.ts";
import type { SegmentationMetric } from "../segmentation/metrics.ts";

export interface Chance {
  /** Null where the metric has none. */
  readonly value: number | null;
  /** What it is here. */
  readonly text: string;
}

/**
 * Of classification: a guess that knows how often each class is among these items and nothing of any one of them. So AUC is 0.5,
 * accuracy the majority class, average precision the share of positives.
 * @param specificity of sensitivity at a specificity
 */
export function classificationChance(metric: ClassificationMetric, table: PredictionTable, specificity = 0.95): Chance {
  if (metric.name === "auc") return { value: 0.5, text: "0.5 for AUC" };
  if (metric.name === "expectedCalibrationError") return { value: null, text: "no chance level for calibration" };
  if (metric.name === "sensitivityAtSpecificity") {
    return { value: 1 - specificity, text: "1 - specificity for sensitivity at a specificity" };
  }
  const value = metricOfRun(metric, { ...table, probabilities: shares(table) }, specificity);
  const text =
    metric.name === "accuracy" ? "the majority class for accuracy" : "the share of each class as its probability";
  return { value, text };
}

/** Of every item the same: how often each class is, where it is known. */
function shares({ classes, truth, itemIds }: PredictionTable): Float64Array {
  const of = classes.map((_, index) => {
    const known = itemIds.flatMap((_, row) => {
      const value = truth[row * classes.length + index]!;
      return value < 0 ? [] : [value];
    });
    return known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
  });
  return Float64Array.from({ length: itemIds.length * classes.length }, (_, at) => of[at % classes.length]!);
}

const ofForeground = ["dice", "iou", "precision"];

/** Of segmentation: the whole image called foreground. @param items of one run: the counts of every class of an item */
export function segmentationChance(metric: SegmentationMetric, items: readonly (readonly ClassCounts[])[]): Chance {
  if (metric.fromCounts === null || !ofForeground.includes(metric.name)) {
    return { value: null, text: `no chance level for ${metric.label}` };
  }
  const { fromCounts } = metric;
  const scores = items.map((classes) => meanScore(classes.map((counts) => fromCounts(allForeground(counts)))).mean);
  return { value: meanScore(scores).mean, text: `the all-foreground guess for ${metric.label}` };
}

export const allForeground = (counts: ClassCounts): ClassCounts => ({
  truePositives: counts.truePositives + counts.falseNegatives,
  falsePositives: counts.falsePositives + counts.trueNegatives,
  falseNegatives: 0,
  trueNegatives: 0,
});
