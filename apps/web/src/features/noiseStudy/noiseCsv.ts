/** @file The board as CSV: a row per cell of every grid, and a row per curve. */
import { csvText } from "@/lib/csv";
import type { Board } from "./model.ts";

export const gridCsv = (board: Board, labelVersion: number): string =>
  csvText(
    [
      ...[
        "noise",
        "kind",
        "method",
        "training_level",
        "evaluation_level",
        "training_x",
        "metric",
        "mean",
        "sd",
        "seeds",
      ],
      ...["items", "corrected", "swaps_with", "chance", "noise_seed", "label_version"],
    ],
    board.noises.flatMap(({ name, kind, grid, curves, swaps }) =>
      grid.map((cell) => {
        const { method, trainingLevel, evaluationLevel } = cell;
        const point = curves
          .find((curve) => curve.method === method)
          ?.points.find(({ level }) => level === trainingLevel);
        const swapped = swaps
          .filter((swap) => swap.trainingLevel === trainingLevel && swap.evaluationLevel === evaluationLevel)
          .flatMap(({ better, worse }) => (better === method ? [worse] : worse === method ? [better] : []));
        return [
          ...[name, kind, method, trainingLevel, evaluationLevel, point?.x, board.metric.name, cell.mean, cell.sd],
          ...[cell.seeds, cell.items, cell.corrected, swapped.join("; "), board.chance, board.noiseSeed, labelVersion],
        ];
      }),
    ),
  );

export const curvesCsv = (board: Board): string =>
  csvText(
    [
      ...["noise", "method", "metric", "area", "area_sd", "area_low", "area_high", "seeds", "items", "area_difference"],
      ...["difference_low", "difference_high", "verdict", "breakdown", "breakdown_low", "breakdown_high", "broke_down"],
      ...["last_level", "reference", "equivalence_margin"],
    ],
    board.noises.flatMap(({ name, curves }) =>
      curves.map(({ method, area, areaDifference: difference, breakdown }) => [
        ...[name, method, board.metric.name, area?.mean, area?.sd, area?.low, area?.high, area?.seeds, area?.items],
        ...[difference?.estimate, difference?.low, difference?.high, difference?.verdict?.toLowerCase()],
        ...[breakdown?.estimate, breakdown?.low, breakdown?.high, breakdown?.reached, breakdown?.last],
        ...[board.methods[0], board.equivalenceMargin],
      ]),
    ),
  );
