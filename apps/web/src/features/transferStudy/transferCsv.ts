/** @file The board as CSV: a row per arm and share, and a row per run. */
import { csvText } from "@/lib/csv";
import { foldName } from "@/lib/words";
import type { Board } from "./model.ts";

/** Every number of the plots; a bound of a censored speed stands in its own column. */
export const cellsCsv = (board: Board, labelVersion: number): string =>
  csvText(
    [
      ...["arm", "fraction", "train_items", "budget", "metric", "mean", "sd", "low", "high", "seeds", "items"],
      ...["final_gap", "gap_low", "gap_high", "gap_seeds", "gap_verdict", "gap_detectable", "equivalence_margin"],
      ...["target", "steps_ratio", "ratio_low", "ratio_high", "ratio_at_least", "ratio_at_most", "reached"],
      ...["reached_by_reference", "speed_verdict", "chance", "reference", "fold", "label_version"],
      ...["train_subjects", "least_train_items", "most_train_items"],
    ],
    board.arms.flatMap(({ name, cells }) =>
      cells.map((cell) => {
        const { score, finalGap: gap, speedGap: speed } = cell;
        return [
          ...[name, cell.fraction, cell.trainItems, cell.budget, board.metric.name, score.mean, score.sd],
          ...[cell.low, cell.high, score.seeds, score.items],
          ...[gap?.estimate, gap?.low, gap?.high, gap?.seeds, gap?.verdict?.toLowerCase(), gap?.detectable],
          ...[
            board.equivalenceMargin,
            cell.target,
            speed?.ratio,
            speed?.low,
            speed?.high,
            speed?.atLeast,
            speed?.atMost,
          ],
          ...[speed?.reached, speed?.reachedByReference, speed?.verdict?.toLowerCase(), board.chance, board.reference],
          ...[foldName[board.fold], labelVersion],
          ...[cell.trainSubjects, cell.leastTrainItems, cell.mostTrainItems],
        ];
      }),
    ),
  );

/** One row per run: its score, and when it reached the target. */
export const seedsCsv = (board: Board): string =>
  csvText(
    ["arm", "fraction", "seed", "run", "metric", "score", "steps_to_target", "last_step"],
    board.arms.flatMap(({ name, cells }) =>
      cells.flatMap((cell) => {
        const reached = new Map(cell.stepsToTarget.map((each) => [each.runId, each]));
        const scored = new Map(cell.score.perSeed.map((each) => [each.runId, each]));
        return [...new Set([...scored.keys(), ...reached.keys()])].map((run) => [
          ...[name, cell.fraction, scored.get(run)?.seed ?? reached.get(run)?.seed, run, board.metric.name],
          ...[scored.get(run)?.mean, reached.get(run)?.steps, reached.get(run)?.lastStep],
        ]);
      }),
    ),
  );
