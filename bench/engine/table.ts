/** @file All cases and sides as text. */
import type { Compared } from "./compare.ts";

/** Above it, a side disturbed the others: it computed between its turns. */
const mostIdleCores = 0.05;

const columns = ["case", "side", "median s", "quickest", "slowest", "of torch", "idle cores"];
const widths = [18, 24, 10, 10, 10, 10, 10];

export function table(rows: Map<string, Compared>): string {
  const lines = [line(columns)];
  for (const [name, { figures, sides }] of rows) {
    for (const side of sides) {
      const { seconds, median, idleCores } = side;
      const times = [median, Math.min(...seconds), Math.max(...seconds), median / figures.torch];
      const idle = `${idleCores.toFixed(3)}${idleCores > mostIdleCores ? " !" : ""}`;
      lines.push(line([name, side.name, ...times.map((value) => value.toPrecision(3)), idle]));
    }
  }
  const loud = [...rows.values()].some(({ sides }) => sides.some(({ idleCores }) => idleCores > mostIdleCores));
  if (loud)
    lines.push(`! computed between its turns (more than ${mostIdleCores} cores): the others' figures are too high`);
  return lines.join("\n");
}

const line = (cells: readonly string[]): string =>
  cells
    .map((cell, i) => cell.padEnd(widths[i]!))
    .join(" ")
    .trimEnd();
