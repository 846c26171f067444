/** @file Everything that is said of one classification run on one fold. */
import { averagePrecision } from "./averagePrecision.ts";
import { bootstrapScore, type ScoreInterval } from "./bootstrapScore.ts";
import { type Calibration, classReliability, tableReliability } from "./calibration.ts";
import { type Confusion, classConfusion, confusion } from "./confusion.ts";
import { type AucInterval, aucInterval } from "./deLong.ts";
import { classificationMetrics, metricOfRun } from "./metrics.ts";
import { rankClass, thresholdCounts } from "./ranking.ts";
import { auc, type OperatingPoint, type RocPoint, roc, sensitivityAtSpecificity } from "./roc.ts";
import { type PredictionTable, scoredClasses } from "./table.ts";

export interface ClassScores {
  readonly name: string;
  /** Items of which the class is known. */
  readonly n: number;
  readonly positives: number;
  readonly auc: number | null;
  readonly aucInterval: AucInterval | null;
  readonly averagePrecision: number | null;
  readonly averagePrecisionInterval: ScoreInterval | null;
  readonly atSpecificity: OperatingPoint | null;
  readonly roc: readonly RocPoint[] | null;
  readonly calibration: Calibration;
  /** Called present above 0.5. */
  readonly confusion: Confusion;
}

export interface ClassificationScores {
  readonly n: number;
  /** Items whose class is not known. */
  readonly unknownItems: number;
  readonly specificity: number;
  /** By the metric's name; null where it is undefined. */
  readonly metrics: ReadonlyMap<string, number | null>;
  /** Of the classes that are scored: of two exclusive ones the second alone. */
  readonly classes: readonly ClassScores[];
  /** Of exclusive classes. */
  readonly confusion: Confusion | null;
  /** Null for several classes that stand by themselves: each has its own. */
  readonly calibration: Calibration | null;
}

/**
 * @param specificity of sensitivity at a specificity
 * @throws DomainError BAD_INPUT for a specificity outside 0 to 1
 */
export function classificationScores(table: PredictionTable, specificity = 0.95): ClassificationScores {
  return {
    n: table.itemIds.length,
    unknownItems: table.unknownItems,
    specificity,
    metrics: new Map(classificationMetrics.map((each) => [each.name, metricOfRun(each, table, specificity)])),
    classes: scoredClasses(table).map((index) => classScores(table, index, specificity)),
    confusion: table.exclusive ? confusion(table) : null,
    calibration: tableReliability(table),
  };
}

function classScores(table: PredictionTable, index: number, specificity: number): ClassScores {
  const ranking = rankClass(table, index);
  return {
    name: table.classes[index]!,
    n: ranking.truth.length,
    positives: thresholdCounts(ranking).positives,
    auc: auc(ranking),
    aucInterval: aucInterval(ranking),
    averagePrecision: averagePrecision(ranking),
    averagePrecisionInterval: bootstrapScore(ranking, averagePrecision, { draws: drawsOf(ranking.truth.length) }),
    atSpecificity: sensitivityAtSpecificity(ranking, specificity),
    roc: roc(ranking),
    calibration: classReliability(table, index),
    confusion: classConfusion(table, index),
  };
}

/** 2,000; of many items fewer, so that a class takes a second at most: there the draws hardly differ. */
const drawsOf = (items: number) => Math.max(200, Math.min(2000, Math.floor(4e6 / items)));
