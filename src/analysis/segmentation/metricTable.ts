/** @file Every metric of every arm, and each arm's difference to the reference. */
import { type ArmDifference, type ArmScore, armScore, differenceTo } from "../armScore.ts";
import type { ComparisonOptions } from "../comparison.ts";
import { type ArmOf, scoredArm } from "./itemFacts.ts";
import type { SegmentationMetric } from "./metrics.ts";

/** A metric of the catalogue, of `ItemFacts` or of whatever holds what was computed from them. */
export interface MetricOf<Facts> extends Pick<SegmentationMetric, "name" | "higherIsBetter"> {
  of(facts: Facts): number | null;
}

export interface MetricCell extends ArmScore {
  readonly metric: string;
  /** Null for the reference itself. */
  readonly difference: ArmDifference | null;
}

export interface MetricRow {
  readonly arm: string;
  /** One per metric, in their order. */
  readonly cells: readonly MetricCell[];
}

export interface MetricTableOptions<Facts> {
  readonly metrics: readonly MetricOf<Facts>[];
  /** Of the runs of two arms, as `compareArms` takes it: no verdict while some are pending. By the arm's name. */
  readonly runs?: (arm: string) => ComparisonOptions["runs"];
  /** Declared margin of equivalence of a metric; null where none was declared. It is in the metric's own unit. */
  readonly delta?: (metric: string) => number | null;
}

/**
 * Metrics without a score in any arm, such as distances in mm where no item has a spacing, are kept: their cells are null.
 * @param reference an arm's name; differences are arm minus reference
 */
export function metricTable<Facts>(
  arms: readonly ArmOf<Facts>[],
  reference: string,
  { metrics, runs = () => undefined, delta = () => null }: MetricTableOptions<Facts>,
): MetricRow[] {
  const cells = metrics.map((metric) => {
    const scored = arms.map((arm) => scoredArm(arm, (facts) => metric.of(facts)));
    const against = scored.find((arm) => arm.name === reference);
    return scored.map((arm): MetricCell => {
      const pending = runs(arm.name);
      const options: ComparisonOptions = {
        higherIsBetter: metric.higherIsBetter,
        delta: delta(metric.name),
        ...(pending && { runs: pending }),
      };
      const difference = against === undefined || arm === against ? null : differenceTo(against, arm, options);
      return { ...armScore(arm), metric: metric.name, difference };
    });
  });
  return arms.map(({ name }, i) => ({ arm: name, cells: cells.map((ofMetric) => ofMetric[i]!) }));
}
