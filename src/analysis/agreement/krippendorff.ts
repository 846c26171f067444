/**
 * @file Krippendorff's alpha (Krippendorff 2004, Content Analysis, 2nd edition, section 11.3) of any number of readers, any of whose opinions
 * may be missing: 1 - observed / expected disagreement, over the coincidences of opinions on one item. Items with one opinion are left out.
 */
import { type Estimate, jackknife } from "./jackknife.ts";
import { type Pattern, patternsOf, type Ratings } from "./ratings.ts";

/** "ordinal": categories are in an order; how far two are apart depends on how many opinions lie between them. */
export type AlphaLevel = "nominal" | "ordinal";

export function krippendorffAlpha(ratings: Ratings, level: AlphaLevel = "nominal"): Estimate {
  const { categories } = ratings;
  const patterns = patternsOf(ratings);
  const parts = patterns.map((pattern) => coincidencesOf(pattern, categories));
  const all = new Float64Array(categories * categories);
  for (const [index, part] of parts.entries()) add(all, part, patterns[index]!.items);
  return jackknife(
    alphaOf(all, categories, level),
    patterns.map(({ items }) => items),
    (group) => alphaOf(add(all.slice(), parts[group]!, -1), categories, level),
  );
}

/** Cells of [categories * categories], row by row, with what one item adds to each. */
type Coincidences = readonly { readonly cell: number; readonly value: number }[];

function coincidencesOf({ row }: Pattern, categories: number): Coincidences {
  const counts = new Map<number, number>();
  for (const value of row) if (value >= 0) counts.set(value, (counts.get(value) ?? 0) + 1);
  const opinions = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...counts].flatMap(([one, ofOne]) =>
    [...counts].map(([other, ofOther]) => ({
      cell: one * categories + other,
      value: (one === other ? ofOne * (ofOne - 1) : ofOne * ofOther) / (opinions - 1),
    })),
  );
}

function add(target: Float64Array, part: Coincidences, times: number): Float64Array {
  for (const { cell, value } of part) target[cell]! += times * value;
  return target;
}

function alphaOf(coincidences: Float64Array, categories: number, level: AlphaLevel): number | null {
  const opinions = new Float64Array(categories);
  for (let cell = 0; cell < coincidences.length; cell++)
    opinions[Math.floor(cell / categories)]! += coincidences[cell]!;
  const total = opinions.reduce((sum, count) => sum + count, 0);
  const apart = distances(opinions, level);
  let [observed, expected] = [0, 0];
  for (let one = 0; one < categories; one++) {
    for (let other = 0; other < categories; other++) {
      if (one === other) continue;
      const distance = apart(one, other);
      observed += coincidences[one * categories + other]! * distance;
      expected += opinions[one]! * opinions[other]! * distance;
    }
  }
  return expected < 1e-12 ? null : 1 - (observed * (total - 1)) / expected;
}

/** Squared distance of two categories. @param opinions per category */
function distances(opinions: Float64Array, level: AlphaLevel): (one: number, other: number) => number {
  if (level === "nominal") return () => 1;
  const upTo = new Float64Array(opinions.length + 1);
  for (let each = 0; each < opinions.length; each++) upTo[each + 1] = upTo[each]! + opinions[each]!;
  return (one, other) => {
    const [low, high] = [Math.min(one, other), Math.max(one, other)];
    return (upTo[high + 1]! - upTo[low]! - (opinions[low]! + opinions[high]!) / 2) ** 2;
  };
}
