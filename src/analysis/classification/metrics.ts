/** @file The catalogue of classification metrics: each with its direction, its chance level and the convention printed beside it. */
import { averagePrecision } from "./averagePrecision.ts";
import { expectedCalibrationError } from "./calibration.ts";
import { balancedAccuracyOf, classConfusion, confusion } from "./confusion.ts";
import { type ItemScores, itemAccuracy, itemBrier, itemLogLoss } from "./itemScores.ts";
import { type Ranking, rankClass } from "./ranking.ts";
import { auc, sensitivityAtSpecificity } from "./roc.ts";
import { type PredictionTable, scoredClasses } from "./table.ts";

interface Metric {
  readonly name: string;
  readonly label: string;
  readonly higherIsBetter: boolean;
  readonly convention: string;
}

/** Its mean over items is the run's: `compareArms`. */
export interface ItemMetric extends Metric {
  readonly of: "items";
  scores(table: PredictionTable): ItemScores;
}

/** Of a whole run: `compareSeedValues`. */
export interface RunMetric extends Metric {
  readonly of: "run";
  /** Null where it is undefined. @param specificity of sensitivity at a specificity */
  value(table: PredictionTable, specificity: number): number | null;
}

export type ClassificationMetric = ItemMetric | RunMetric;

const macro = "two exclusive classes: of the second; else the mean over classes, those where it is undefined left out";

/** Mean over the classes that are scored, undefined ones left out; null where all are. */
export function macroMean(table: PredictionTable, of: (ranking: Ranking) => number | null): number | null {
  const values = scoredClasses(table).flatMap((index) => of(rankClass(table, index)) ?? []);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

export const classificationMetrics: readonly ClassificationMetric[] = [
  {
    of: "run",
    name: "auc",
    label: "AUC",
    higherIsBetter: true,
    convention: `${macro}; ties count half`,
    value: (table) => macroMean(table, auc),
  },
  {
    of: "run",
    name: "averagePrecision",
    label: "Average precision",
    higherIsBetter: true,
    convention: `${macro}; no interpolation`,
    value: (table) => macroMean(table, averagePrecision),
  },
  {
    of: "run",
    name: "sensitivityAtSpecificity",
    label: "Sensitivity at specificity",
    higherIsBetter: true,
    convention: `${macro}; the threshold is chosen on these items`,
    value: (table, specificity) =>
      macroMean(table, (ranking) => sensitivityAtSpecificity(ranking, specificity)?.sensitivity ?? null),
  },
  {
    of: "items",
    name: "accuracy",
    label: "Accuracy",
    higherIsBetter: true,
    convention: "the class of highest probability; classes by themselves: the share called right, present above 0.5",
    scores: itemAccuracy,
  },
  {
    of: "run",
    name: "balancedAccuracy",
    label: "Balanced accuracy",
    higherIsBetter: true,
    convention: "mean over classes of the share of their items called so; classes by themselves: present above 0.5",
    value: balancedAccuracy,
  },
  {
    of: "items",
    name: "brier",
    label: "Brier score",
    higherIsBetter: false,
    convention: "(p - y)²; several exclusive classes: summed over them, 0 to 2",
    scores: itemBrier,
  },
  {
    of: "items",
    name: "logLoss",
    label: "Log loss",
    higherIsBetter: false,
    convention: "natural logarithm; probabilities kept 2.2e-16 from 0",
    scores: itemLogLoss,
  },
  {
    of: "run",
    name: "expectedCalibrationError",
    label: "Calibration error",
    higherIsBetter: false,
    convention: "15 bins of equal width; of the positive class, of several exclusive ones of the top class",
    value: expectedCalibrationError,
  },
];

function balancedAccuracy(table: PredictionTable): number | null {
  if (table.exclusive) return balancedAccuracyOf(confusion(table));
  const values = scoredClasses(table).flatMap((index) => balancedAccuracyOf(classConfusion(table, index)) ?? []);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of one run, whichever kind the metric is; null where it is undefined. */
export function metricOfRun(metric: ClassificationMetric, table: PredictionTable, specificity: number): number | null {
  if (metric.of === "run") return metric.value(table, specificity);
  const values = [...metric.scores(table).values()];
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
