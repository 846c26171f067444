/** @file The answer to "does pretraining help?": the board's own sentences for people, one JSON line for scripts. */
import { DomainError } from "@tessera/domain/errors";
import type { TransferOptions } from "../options.ts";
import type { Board, Cell } from "./board.ts";
import { funnel } from "./experiments.ts";

const digits = (value: number | null) => (value === null ? "–" : value.toFixed(3));
const percent = (fraction: number) => `${Number((100 * fraction).toPrecision(3))} %`;

export function sentences(
  { metric, chance, arms, fractions, verdict, notes }: Board,
  { planted }: TransferOptions,
): string[] {
  const width = Math.max(...arms.map(({ name }) => name.length));
  const reference = arms[0]!.cells;
  const { items, seeds } = reference[0]!.score;
  const labels = planted === "none" ? "; the pretraining's labels are noise" : "";
  const heads = reference.map(({ fraction, trainItems }) => `${percent(fraction)} (${trainItems} items)`.padEnd(18));
  return [
    `Does pretraining help? Test ${metric.label} (chance ${digits(chance)}), n = ${items} items, ${seeds} seeds, ${fractions.length} fractions of the training fold${labels}`,
    `  ${"".padEnd(width)}  ${heads.join("  ")}`,
    ...arms.map(({ name, cells }) => {
      const scores = cells.map(({ score }) => `${digits(score.mean)} ± ${digits(score.sd)} SD`.padEnd(18));
      return `  ${name.padEnd(width)}  ${scores.join("  ")}`;
    }),
    ...arms.flatMap((arm) =>
      [arm.verdict, arm.closing?.sentence].flatMap((each) => (each ? [`  ${arm.name}: ${each}`] : [])),
    ),
    `  ${verdict}`,
    ...notes.map((note) => `  ${note}`),
  ];
}

/** Verdicts are the funnel's against random weights. Below five seeds there is none, and the word is "undecided". */
export function jsonLine({ arms }: Board): string {
  const chain = arms.find(({ name }) => name === funnel);
  if (!chain) throw new DomainError("UNAVAILABLE", `The board has no arm "${funnel}"`);
  const byFraction = <T>(cells: readonly Cell[], of: (cell: Cell) => T) =>
    Object.fromEntries(cells.map((cell) => [String(cell.fraction), of(cell)]));
  return JSON.stringify({
    arms: Object.fromEntries(
      arms.map(({ name, cells }) => [
        name,
        byFraction(cells, ({ score: { mean, sd, items, seeds }, budget, stepsToTarget }) => ({
          mean,
          sd,
          n: items,
          seeds,
          steps: budget,
          stepsToTarget: stepsToTarget.map(({ steps }) => steps),
        })),
      ]),
    ),
    verdicts: byFraction(chain.cells, ({ finalGap }) => ({
      word: finalGap?.verdict?.toLowerCase() ?? "undecided",
      low: finalGap?.low ?? null,
      high: finalGap?.high ?? null,
      reason: finalGap?.reason ?? "the reference has no run to compare with",
    })),
  });
}
