/** @file An experiment's rows as arms with one score per item, for @tessera/analysis. */
import type { ScoredArm } from "@tessera/analysis/arm";
import type { ResultRow } from "@tessera/client/client";

/** In the order of `names`. One class: the row's Dice is the item's. */
export function armsOf(rows: readonly ResultRow[], names: readonly string[]): ScoredArm[] {
  return names.map((name) => {
    const bySeed = Map.groupBy(
      rows.filter(({ arm }) => arm === name),
      ({ seed }) => seed,
    );
    const runs = [...bySeed].map(([seed, ofRun]) => ({
      seed,
      scores: new Map(ofRun.map((row) => [row.item, row.dice])),
    }));
    return { name, runs };
  });
}

/** The arms on some of their items alone. */
export const onItems = (arms: readonly ScoredArm[], items: ReadonlySet<string>): ScoredArm[] =>
  arms.map(({ name, runs }) => ({
    name,
    runs: runs.map(({ seed, scores }) => ({ seed, scores: new Map([...scores].filter(([item]) => items.has(item))) })),
  }));
