import type { PanelGroup } from "../plot/dotPanels.ts";
import { cellOf, definedMetrics, type MetricTable, metricGroups, metricTitle, metricValue } from "./metricText.ts";

/** Scores end at 0 and 1, distances and counts at 0. */
const bounds = (unit: string | null | undefined, higherIsBetter: boolean) =>
  unit || !higherIsBetter ? ([0, Number.POSITIVE_INFINITY] as const) : ([0, 1] as const);

export const metricPanels = (table: MetricTable, arms: readonly { readonly name: string }[]): PanelGroup[] =>
  metricGroups(definedMetrics(table).defined).map(({ title, metrics }) => ({
    title,
    panels: metrics.map((metric) => ({
      key: metric.name,
      title: metricTitle(metric),
      higherIsBetter: metric.higherIsBetter,
      text: (value: number) => metricValue(metric, value),
      bounds: bounds(metric.unit, metric.higherIsBetter),
      rows: arms.map(({ name }) => {
        const cell = cellOf(table, name, metric.name);
        return { arm: name, mean: cell?.mean, low: cell?.low, high: cell?.high };
      }),
    })),
  }));
