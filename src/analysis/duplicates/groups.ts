/** @file Who must stay in one fold: the items of a subject, and the subjects that share a picture. */
import { clustersOf } from "./clusters.ts";

/**
 * The group of each item, named by the first of its subjects.
 * @param items in one order on every machine, as by name
 * @param pairs of duplicates, by id
 */
export function subjectGroups(
  items: readonly { readonly id: string; readonly subject: string }[],
  pairs: readonly { readonly first: string; readonly second: string }[],
): string[] {
  const place = new Map(items.map(({ id }, at) => [id, at]));
  const firstOf = new Map<string, number>();
  const links = items.flatMap(({ subject }, at) => {
    const known = firstOf.get(subject);
    if (known === undefined) firstOf.set(subject, at);
    return known === undefined ? [] : [{ a: known, b: at }];
  });
  const copies = pairs.flatMap(({ first, second }) => {
    const [a, b] = [place.get(first), place.get(second)];
    return a === undefined || b === undefined ? [] : [{ a, b }];
  });
  return clustersOf(items.length, [...links, ...copies]).map((cluster) => items[cluster]!.subject);
}
