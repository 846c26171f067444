/** @file Scores of an evaluation's items, derived from their counts under the one convention that is printed beside them. */
import { diceOfCounts, meanScore } from "@tessera/analysis/dice";
import { median } from "@tessera/analysis/summary";
import type { EvaluationItem } from "@tessera/store/evaluations";
import { decodeCursor, type PageOf, pageOf } from "@tessera/store/page";
import type { PageArgs } from "../graphql/connection.ts";

export type ScoreOrder = "worst-first" | "best-first";
export type ScoredItem = EvaluationItem & { readonly dice: number | null };

export const diceOfItem = (counts: EvaluationItem): number | null => diceOfCounts(counts);

export const withDice = (row: EvaluationItem): ScoredItem => ({ ...row, dice: diceOfItem(row) });

/** Over the items whose Dice is defined; null where there is none. */
export function scoreSummary(rows: readonly EvaluationItem[]): { mean: number | null; median: number | null } {
  const scores = rows.map(diceOfItem);
  return { mean: meanScore(scores).mean, median: median(scores.filter((dice) => dice !== null)) };
}

/** Ordered by Dice, then item and class; the cursor is that key. Undefined Dice comes last in both orders. */
export function pageOfScores(scores: readonly ScoredItem[], page: PageArgs, order: ScoreOrder): PageOf<ScoredItem> {
  const sign = order === "worst-first" ? 1 : -1;
  const rank = (dice: number | null) => (dice === null ? 2 : sign * dice);
  const key = (row: ScoredItem) => [String(rank(row.dice)), row.itemId, String(row.classIndex)];
  const before = (a: readonly string[], b: readonly string[]) =>
    Number(a[0]) - Number(b[0]) || compareText(a[1], b[1]) || Number(a[2]) - Number(b[2]);
  const sorted = scores.toSorted((a, b) => before(key(a), key(b)));
  const after = decodeCursor(page.after, 3);
  const rest = after === null ? sorted : sorted.filter((row) => before(key(row), after) > 0);
  return pageOf(rest, page.first, scores.length, key);
}

const compareText = (a = "", b = ""): number => (a < b ? -1 : a > b ? 1 : 0);
