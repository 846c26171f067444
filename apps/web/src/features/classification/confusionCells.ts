/** @file A confusion matrix as cells: counts, and the share of each row. */
import type { Confusion } from "./model.ts";

export interface ConfusionCell {
  readonly n: number;
  /** Of the items of that truth; null where there is none. */
  readonly share: number | null;
  readonly right: boolean;
}

export interface ConfusionRow {
  readonly name: string;
  readonly n: number;
  readonly cells: readonly ConfusionCell[];
}

export const confusionRows = (names: readonly string[], counts: Confusion): ConfusionRow[] =>
  counts.map((row, truth) => {
    const n = row.reduce((sum, count) => sum + count, 0);
    const cells = row.map((count, called) => ({
      n: count,
      share: n === 0 ? null : count / n,
      right: truth === called,
    }));
    return { name: names[truth] ?? `class ${truth}`, n, cells };
  });

/** The most frequent mistake, as a sentence; null where there is none. */
export function worstConfusion(names: readonly string[], counts: Confusion): string | null {
  const mistakes = confusionRows(names, counts).flatMap(({ name, n, cells }) =>
    cells.flatMap((cell, called) => (cell.right || cell.n === 0 ? [] : [{ name, n, count: cell.n, called }])),
  );
  const worst = mistakes.sort((a, b) => b.count - a.count)[0];
  return worst ? `Most often ${worst.name} taken for ${names[worst.called]}: ${worst.count} of ${worst.n}.` : null;
}
