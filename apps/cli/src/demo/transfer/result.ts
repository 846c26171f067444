/** @file The answer to "does pretraining help?": one JSON line for scripts; the lines for people are the board's. */
import { DomainError } from "@tessera/domain/errors";
import type { Board, Cell } from "./board.ts";
import { funnel } from "./experiments.ts";

/** Verdicts are the funnel's against random weights. Below five seeds there is none, and the word is "undecided". */
export function jsonLine({ arms }: Board): string {
  const chain = arms.find(({ name }) => name === funnel);
  if (!chain) throw new DomainError("UNAVAILABLE", `The board has no arm "${funnel}"`);
  return JSON.stringify({
    arms: Object.fromEntries(arms.map(({ name, cells }) => [name, byFraction(cells, scoreOf)])),
    verdicts: byFraction(chain.cells, ({ finalGap }) => ({
      word: finalGap?.verdict?.toLowerCase() ?? "undecided",
      low: finalGap?.low ?? null,
      high: finalGap?.high ?? null,
      reason: finalGap?.reason ?? null,
    })),
  });
}

const byFraction = <T>(cells: readonly Cell[], of: (cell: Cell) => T) =>
  Object.fromEntries(cells.map((cell) => [String(cell.fraction), of(cell)]));

/** `steps` is the budget; those to the common target are by seed, null where it was not reached. */
const scoreOf = ({ score: { mean, sd, items, seeds }, budget, stepsToTarget }: Cell) => ({
  mean,
  sd,
  n: items,
  seeds,
  steps: budget,
  stepsToTarget: stepsToTarget.map(({ steps }) => steps),
});
