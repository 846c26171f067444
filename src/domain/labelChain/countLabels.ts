/** @file From two sides' labels of the same items to a stage's pairs of classes. */
import type { ClassValues } from "../classValues.ts";

export interface LabelledPair {
  readonly subject: string;
  /** Null: not known. */
  readonly site: string | null;
  readonly before: ClassValues;
  readonly after: ClassValues;
}

export interface CountedPair {
  readonly subject: string;
  readonly set: string;
  readonly before: number;
  readonly after: number;
}

export const notPresent = "absent";
export const present = "present";
const noSite = "site unknown";

/**
 * Pairs of which a side says nothing are left out.
 * @param classIndex of classes that are not exclusive: which one, absent (0) or present (1); null: exclusive ones
 * @param bySite a set for each site; else one, ""
 */
export function countedPairs(
  pairs: readonly LabelledPair[],
  { classIndex, bySite }: { classIndex: number | null; bySite: boolean },
): CountedPair[] {
  const classOf = (values: ClassValues) => (classIndex === null ? values.indexOf(1) : (values[classIndex] ?? -1));
  return pairs.flatMap(({ subject, site, before, after }) => {
    const pair = { subject, set: bySite ? (site ?? noSite) : "", before: classOf(before), after: classOf(after) };
    return pair.before < 0 || pair.after < 0 ? [] : [pair];
  });
}

export function countMatrix(pairs: readonly CountedPair[], classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const { before, after } of pairs) counts[before]![after]!++;
  return counts;
}
