/** @file The table of every arm under every metric, each against one arm. */
import type { ScoredArm } from "@tessera/analysis/arm";
import { armScore } from "@tessera/analysis/armScore";
import { compareSeedMeans } from "@tessera/analysis/comparison";
import { scoredArm } from "@tessera/analysis/segmentation/itemFacts";
import { type SegmentationMetric, segmentationMetrics } from "@tessera/analysis/segmentation/metrics";
import { DomainError } from "@tessera/domain/errors";
import { compareOrReason, differenceOf } from "../comparison/difference.ts";
import { chosenOf, isCounted, isMeasured, type Scored, type SetFacts } from "./facts.ts";
import type { MetricCell } from "./metricCell.type.ts";
import type { MetricTable } from "./metricTable.type.ts";
import type { ScoredSet } from "./scoredSet.type.ts";

/**
 * Without the metrics that no arm has a value of although all is measured, as mm where no item has a pixel spacing.
 * @throws DomainError BAD_INPUT for a reference that is no arm of the set
 */
export function assembleMetrics(
  { arms }: SetFacts,
  set: ScoredSet,
  { reference, classIndex, unmeasured }: { reference: string | null; classIndex: number | null; unmeasured: number[] },
): MetricTable {
  const names = set.sources.map(({ name }) => name);
  const referenceAt = reference === null ? 0 : names.indexOf(reference);
  if (referenceAt === -1) {
    throw new DomainError("BAD_INPUT", `reference: expected one of ${names.join(", ")}, got "${reference}"`, {
      field: "reference",
    });
  }
  const counted = chosenOf(arms, classIndex, isCounted);
  const measured = chosenOf(arms, classIndex, isMeasured);
  const columns = segmentationMetrics.flatMap((metric, at) => {
    const value = ({ scores }: Scored) => (Number.isNaN(scores[at]!) ? null : scores[at]!);
    const scored = (metric.fromCounts ? counted : measured).map((arm) => scoredArm(arm, value));
    const cells = scored.map((arm, i): MetricCell => {
      const compared = { set, pair: [referenceAt, i] as const, unmeasured };
      const difference = i === referenceAt ? null : differenceIn(metric, scored, compared);
      return { metric: metric.name, ...armScore(arm), difference };
    });
    const hasNone = metric.unit === "mm" && cells.every(({ mean }) => mean === null);
    return hasNone ? [] : [{ metric, cells }];
  });
  return {
    reference: names[referenceAt]!,
    metrics: columns.map(({ metric: { name, label, unit, higherIsBetter, convention } }) => ({
      name,
      label,
      unit,
      higherIsBetter,
      convention,
    })),
    rows: names.map((arm, i) => ({ arm, cells: columns.map(({ cells }) => cells[i]!) })),
  };
}

function differenceIn(
  { name, higherIsBetter, fromCounts }: SegmentationMetric,
  scored: readonly ScoredArm[],
  { set, pair: [a, b], unmeasured }: { set: ScoredSet; pair: readonly [number, number]; unmeasured: readonly number[] },
) {
  const waiting = [scored[a]!, scored[b]!].find(({ runs }) => runs.length === 0);
  if (waiting) return differenceOf({ reason: `No comparison yet: no prediction of ${waiting.name} is measured.` });
  const compared = compareOrReason(compareSeedMeans, scored[a]!, scored[b]!, {
    states: [...set.sources[a]!.states, ...set.sources[b]!.states],
    equivalenceMargin: name === "dice" ? set.equivalenceMargin : null, // it was declared for Dice
    higherIsBetter,
    unmeasured: fromCounts ? 0 : unmeasured[a]! + unmeasured[b]!,
  });
  return differenceOf(compared);
}
