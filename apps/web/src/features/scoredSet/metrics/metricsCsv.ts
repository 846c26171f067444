import { csvText } from "@/lib/csv";
import { basisCells, basisHead, type SetModel } from "../model.ts";
import { cellOf, type MetricTable, metricGroups } from "./metricText.ts";

const head = [
  ...["group", "metric", "label", "unit", "better", "arm"],
  ...["mean", "sd", "low", "high", "seeds", "items", "undefined_items"],
  ...["reference", "difference", "difference_low", "difference_high", "verdict"],
  ...basisHead,
  "convention",
];

/** One row per metric and arm; the convention beside every number. */
export const metricsCsv = (table: MetricTable, model: SetModel): string =>
  csvText(
    head,
    metricGroups(table.metrics).flatMap(({ title, metrics }) =>
      metrics.flatMap((metric) =>
        model.arms.flatMap(({ name }) => {
          const cell = cellOf(table, name, metric.name);
          if (!cell) return [];
          const { mean, sd, low, high, seeds, items, undefinedItems, difference } = cell;
          return [
            [
              ...[title, metric.name, metric.label, metric.unit, metric.higherIsBetter ? "higher" : "lower", name],
              ...[mean, sd, low, high, seeds, items, undefinedItems, table.reference],
              ...[difference?.estimate, difference?.low, difference?.high, difference?.verdict?.toLowerCase()],
              ...basisCells(model),
              metric.convention,
            ],
          ];
        }),
      ),
    ),
  );
