import { csvText } from "@/lib/csv";
import { basisCells, basisHead, type SetModel } from "../model.ts";
import type { Ledger } from "./conventions.ts";

const head = [
  ...["key", "name", "aggregation", "background", "both_empty", "threshold"],
  ...["arm", "mean", "sd", "low", "high", "seeds", "items", "undefined_items", "rank", "swapped_with"],
  ...basisHead,
  "convention",
];

/** One row per convention and arm. Without a threshold each run's own is used. */
export const ledgerCsv = ({ rows, swaps, threshold }: Ledger, model: SetModel): string =>
  csvText(
    head,
    rows.flatMap((row) =>
      row.arms.map(({ arm, mean, sd, low, high, seeds, items, undefinedItems }) => {
        const place = row.order.indexOf(arm);
        const others = swaps.flatMap(({ key, armX, armY }) =>
          key !== row.key ? [] : armX === arm ? [armY] : armY === arm ? [armX] : [],
        );
        return [
          ...[row.key, row.name, row.aggregation.toLowerCase(), row.background ? "in" : "out"],
          ...[row.bothEmpty?.toLowerCase(), threshold ?? "own", arm, mean, sd, low, high, seeds, items, undefinedItems],
          ...[place < 0 ? null : place + 1, others.join("; ")],
          ...basisCells(model),
          row.convention,
        ];
      }),
    ),
  );

export const thresholdsCsv = ({ thresholds }: Ledger, model: SetModel): string =>
  csvText(
    ["arm", "threshold", "mean_dice", "low", "high", ...basisHead, "convention"],
    thresholds.flatMap(({ arm, thresholds: at, mean, low, high }) =>
      at.map((threshold, i) => [
        ...[arm, threshold, mean[i], low[i], high[i]],
        ...basisCells(model),
        "per item, background out, both empty left out",
      ]),
    ),
  );
