/** @file A stage's counts as a CSV table: set (may be left out), before, after, items; a line for each pair of classes that was seen. */
import { DomainError } from "../errors.ts";
import { parseCsv } from "../import/csv.ts";

export interface CountedSet {
  readonly set: string;
  readonly counts: number[][];
}

const columns = ["before", "after", "items"] as const;

/** Pairs that have no line were not seen; lines of one pair add up. @throws DomainError BAD_FILE naming the line */
export function countsOfCsv(text: string, classes: readonly string[]): CountedSet[] {
  const [heading, ...rows] = parseCsv(text);
  const names = heading?.fields.map((name) => name.toLowerCase()) ?? [];
  const missing = columns.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new DomainError("BAD_FILE", `The table's first line: expected the columns before, after, items and, where known, set; no ${missing.join(", ")}.`); // biome-ignore format: one line
  }
  const found = new Map<string, number[][]>();
  for (const { line, fields } of rows) {
    const field = (name: string) => fields[names.indexOf(name)] ?? "";
    const [before, after] = [classOf(field("before"), classes, line), classOf(field("after"), classes, line)];
    const items = field("items");
    if (!/^\d+$/.test(items)) throw new DomainError("BAD_FILE", `The table, line ${line}: expected a whole number of items, got "${items}".`, { line }); // biome-ignore format: one line
    const counts = found.get(field("set")) ?? classes.map(() => classes.map(() => 0));
    counts[before]![after]! += Number(items);
    found.set(field("set"), counts);
  }
  if (found.size === 0) throw new DomainError("BAD_FILE", "The table has no line below its first; give a line for each pair of classes."); // biome-ignore format: one line
  return [...found].map(([set, counts]) => ({ set, counts }));
}

function classOf(name: string, classes: readonly string[], line: number): number {
  const at = classes.indexOf(name);
  if (at >= 0) return at;
  throw new DomainError("BAD_FILE", `The table, line ${line}: expected one of the classes ${classes.join(", ")}, got "${name}".`, { line }); // biome-ignore format: one line
}
