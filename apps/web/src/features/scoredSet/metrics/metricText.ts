/** @file A metric's values as text, and the groups that the metrics are read in. */
import type { MetricsFieldsFragment } from "@/gql/graphql";
import { isNumber, plural, signed, undefinedText } from "@/lib/format";

export type MetricTable = MetricsFieldsFragment["metrics"];
export type Metric = MetricTable["metrics"][number];
export type MetricCell = MetricTable["rows"][number]["cells"][number];

type Maybe = number | null | undefined;

const groups = [
  { title: "Overlap", names: ["dice", "iou", "precision", "sensitivity", "volumeError"] },
  {
    title: "Boundary",
    names: ["hd95", "hd95Mm", "assd", "assdMm", "nsd1", "nsd2", "nsd3", "equivalentError"],
  },
  { title: "Lesions", names: ["lesionF1", "lesionDice", "lesionPrecision", "lesionSensitivity"] },
  { title: "Contiguity", names: ["largestShare", "specks", "falsePieces", "holes", "pieceExcess"] },
] as const;

export interface MetricGroup {
  readonly title: string;
  readonly metrics: readonly Metric[];
}

/** In the order in which metrics are read; those that no group knows come last. */
export function metricGroups(metrics: readonly Metric[]): MetricGroup[] {
  const known = groups.map(({ title, names }) => ({
    title,
    metrics: names.flatMap((name) => metrics.filter((metric) => metric.name === name)),
  }));
  const placed = new Set(known.flatMap((group) => group.metrics));
  const others = { title: "Others", metrics: metrics.filter((metric) => !placed.has(metric)) };
  return [...known, others].filter((group) => group.metrics.length > 0);
}

/** Metrics with a value under some arm; the others, as distances in mm without a pixel spacing, are named once. */
export function definedMetrics(table: MetricTable): { readonly defined: Metric[]; readonly undefinedLabels: string[] } {
  const isDefined = ({ name }: Metric) => table.rows.some(({ arm }) => isNumber(cellOf(table, arm, name)?.mean));
  return {
    defined: table.metrics.filter(isDefined),
    undefinedLabels: table.metrics.filter((metric) => !isDefined(metric)).map(({ label }) => label),
  };
}

/** "HD95, px"; a label that names its unit is left as it is. */
export const metricTitle = ({ label, unit }: Metric): string =>
  unit && !label.endsWith(` ${unit}`) ? `${label}, ${unit}` : label;

type Measured = Pick<Metric, "name" | "unit">;

const counted = new Set(["specks", "falsePieces", "holes", "pieceExcess"]);

/** Shares need three decimals, distances and counts two. */
export const metricDigits = ({ name, unit }: Measured): number => (unit || counted.has(name) ? 2 : 3);

export const metricValue = (metric: Measured, value: Maybe): string =>
  isNumber(value) ? value.toFixed(metricDigits(metric)).replace("-", "−") : undefinedText;

export const metricDifference = (metric: Measured, value: Maybe): string => signed(value, metricDigits(metric));

export const cellOf = (table: MetricTable, arm: string, metric: string): MetricCell | undefined =>
  table.rows.find((row) => row.arm === arm)?.cells.find((cell) => cell.metric === metric);

/** "n = 38, 2 undefined, 5 seeds" */
export const cellBasis = ({ seeds, items, undefinedItems }: MetricCell): string =>
  `n = ${items}${undefinedItems > 0 ? `, ${undefinedItems} undefined` : ""}, ${plural(seeds, "seed")}`;
