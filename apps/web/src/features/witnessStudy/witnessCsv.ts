/** @file The board as CSV: a row per pooling and rate. */
import { csvText } from "@/lib/csv";
import type { Board } from "./model.ts";

export const witnessCsv = (board: Board): string =>
  csvText(
    [
      ...["pooling", "witness_rate", "witnesses", "tiles", "metric", "mean", "sd", "low", "high", "seeds", "n"],
      ...[
        "chance_ceiling",
        "limit",
        "limit_low",
        "limit_high",
        "limit_seeds",
        "seeds_below",
        "seeds_above",
        "bag_seed",
      ],
    ],
    board.curves.flatMap(({ pooling, points, limit }) =>
      points.map(({ rate, low, high, score: { mean, sd, seeds, items } }) => [
        ...[pooling, rate, board.rates.find((each) => each.rate === rate)?.witnesses, board.tiles, "auc", mean, sd],
        ...[low, high, seeds, items, board.chanceCeiling, limit?.estimate, limit?.low, limit?.high, limit?.seeds],
        ...[limit?.below, limit?.above, board.bagSeed],
      ]),
    ),
  );
