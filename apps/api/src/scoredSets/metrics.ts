/** @file The table of every arm under every metric, each against one arm. */
import { setImmediate } from "node:timers/promises";
import { segmentationMetrics } from "@tessera/analysis/segmentation/metrics";
import { type MetricRow as MetricTableRow, metricTable } from "@tessera/analysis/segmentation/metricTable";
import { DomainError } from "@tessera/domain/errors";
import { differenceOf, progressOf } from "../comparison/difference.ts";
import type { MetricTable } from "./metricTable.type.ts";
import type { ScoredSet } from "./scoredSet.type.ts";
import { chosenOf, isCounted, isMeasured, type Scored, type SetFacts } from "./setFacts.ts";

export interface MetricOptions {
  /** An arm's name; null: the first. */
  readonly reference: string | null;
  readonly classIndex: number | null;
  /** Per arm: its runs whose masks are not measured in full. */
  readonly unmeasured: readonly number[];
}

/**
 * Without the metrics in mm where no item has a pixel spacing. Metrics that counts are enough for are there at once, the others
 * as far as masks are measured.
 * @throws DomainError BAD_INPUT for a reference that is no arm of the set
 */
export async function assembleMetrics(
  { arms }: SetFacts,
  { sources, equivalenceMargin }: ScoredSet,
  { reference, classIndex, unmeasured }: MetricOptions,
): Promise<MetricTable> {
  const names = sources.map(({ name }) => name);
  const against = reference ?? names[0]!;
  if (!names.includes(against)) {
    throw new DomainError("BAD_INPUT", `reference: expected one of ${names.join(", ")}, got "${reference}"`, {
      field: "reference",
    });
  }
  const at = (arm: string) => names.indexOf(arm);
  const statesWith = (arm: string) => [...sources[at(against)]!.states, ...sources[at(arm)]!.states];
  const unmeasuredWith = (arm: string) => unmeasured[at(against)]! + unmeasured[at(arm)]!;
  const delta = (metric: string) => (metric === "dice" ? equivalenceMargin : null); // it was declared for Dice

  const [counted, measured] = [chosenOf(arms, classIndex, isCounted), chosenOf(arms, classIndex, isMeasured)];
  const rows = names.map((arm) => ({ arm, cells: [] as MetricTableRow["cells"][number][] }));
  for (const column of columns) {
    const table = metricTable<Scored>(column.fromCounts ? counted : measured, against, {
      metrics: [column],
      runs: (arm) => progressOf(statesWith(arm), column.fromCounts ? 0 : unmeasuredWith(arm)),
      delta,
    });
    table.forEach(({ cells }, i) => {
      rows[i]!.cells.push(...cells);
    });
    await setImmediate(); // a metric of the largest set takes a second: others are answered in between
  }
  const shown = segmentationMetrics.filter(({ name, unit }) => unit !== "mm" || rows.some((row) => hasMean(row, name)));
  return {
    reference: against,
    metrics: shown.map(({ name, label, unit, higherIsBetter, convention }) => ({
      name,
      label,
      unit,
      higherIsBetter,
      convention,
    })),
    rows: rows.map(({ arm, cells }) => ({
      arm,
      cells: shown.map(({ name }) => {
        const cell = cells.find(({ metric }) => metric === name)!;
        return { ...cell, difference: cell.difference && differenceOf(cell.difference) };
      }),
    })),
  };
}

const hasMean = ({ cells }: { cells: readonly { metric: string; mean: number | null }[] }, name: string) =>
  cells.some(({ metric, mean }) => metric === name && mean !== null);

const columns = segmentationMetrics.map(({ name, higherIsBetter, fromCounts }, i) => ({
  name,
  higherIsBetter,
  /** Counts are enough for it. */
  fromCounts: fromCounts !== null,
  of: ({ scores }: Scored) => (Number.isNaN(scores[i]!) ? null : scores[i]!),
}));
