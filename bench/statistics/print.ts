/** @file The rows as a table that is read while it grows. */
import { bounds, type Figure, type Row } from "./simulation.ts";

const columns: readonly Figure[] = ["rejected", "found", "covered", "width"];
const percent = (share: number, digits = 0) => (100 * share).toFixed(digits);
const promise: Readonly<Record<Figure, string>> = {
  rejected: `≤ ${percent(bounds.rejected.most)} %`,
  found: `≥ ${percent(bounds.found.least)} %`,
  covered: `${percent(bounds.covered.least)}–${percent(bounds.covered.most)} %`,
  width: `≤ ${bounds.width.most} ×`,
};

export function printHead(interval: string): void {
  const head = columns.map((column) => `${column} ${promise[column]}`.padStart(18));
  console.log(`\n${interval.padEnd(60)}${head.join("")}`);
}

/** A figure out of bounds has a mark; one of a row that promises nothing has none. */
export function print(row: Row): void {
  const cells = columns.map((column) => cell(row, column).padStart(18));
  const without = row.without > 0 ? `  no interval in ${percent(row.without, 1)} %` : "";
  const note = row.notPromised === null ? "" : `  ${row.notPromised}`;
  console.log(`  ${row.regime.padEnd(58)}${cells.join("")}${without}${note}`);
}

function cell({ figures, missed, notPromised }: Row, figure: Figure): string {
  const value = figures[figure];
  if (value === undefined) return "–";
  const mark = missed.includes(figure) && notPromised === null ? "! " : "";
  return mark + (figure === "width" ? `${value.toFixed(2)} ×` : `${percent(value, 1)} %`);
}
