/**
 * @file Fleiss' kappa of any number of readers (Fleiss 1971, Psychological Bulletin 76:378).
 *
 * Differs from the paper in one way: items may have different numbers of opinions, each item weighing the same (Gwet 2014, Handbook of
 * Inter-Rater Reliability, chapter 2); items with one opinion are left out. With as many opinions on every item it is the paper's.
 */
import { type Estimate, jackknife } from "./jackknife.ts";
import { itemsOf, type Pattern, patternsOf, type Ratings } from "./ratings.ts";

export function fleissKappa(ratings: Ratings): Estimate {
  const patterns = patternsOf(ratings);
  const parts = patterns.map((pattern) => partOf(pattern, ratings.categories));
  const items = itemsOf(patterns);
  let agreeing = 0;
  const shares = new Float64Array(ratings.categories);
  for (const [index, part] of parts.entries()) {
    agreeing += patterns[index]!.items * part.agreeing;
    for (let each = 0; each < shares.length; each++) shares[each]! += patterns[index]!.items * part.shares[each]!;
  }
  const without = ({ agreeing: own, shares: ownShares }: Part) =>
    kappaOf(agreeing - own, shares.map((share, each) => share - ownShares[each]!), items - 1); // biome-ignore format: one line
  return jackknife(
    kappaOf(agreeing, shares, items),
    patterns.map((pattern) => pattern.items),
    (group) => without(parts[group]!),
  );
}

interface Part {
  /** Share of the item's pairs of opinions that agree. */
  readonly agreeing: number;
  /** Per category: its share of the item's opinions. */
  readonly shares: Float64Array;
}

function partOf({ row }: Pattern, categories: number): Part {
  const counts = new Float64Array(categories);
  let opinions = 0;
  for (const value of row) {
    if (value < 0) continue;
    counts[value]!++;
    opinions++;
  }
  const pairs = counts.reduce((sum, count) => sum + count * (count - 1), 0);
  return { agreeing: pairs / (opinions * (opinions - 1)), shares: counts.map((count) => count / opinions) };
}

/** @param agreeing, shares  summed over the items */
function kappaOf(agreeing: number, shares: Float64Array, items: number): number | null {
  if (items === 0) return null;
  const expected = shares.reduce((sum, share) => sum + (share / items) ** 2, 0);
  return 1 - expected < 1e-12 ? null : (agreeing / items - expected) / (1 - expected);
}
