/** @file What several readers called each item: the table that every measure of agreement reads. */
import { DomainError } from "@tessera/domain/errors";

/** No opinion. */
export const missing = -1;

export interface Ratings {
  readonly readers: readonly string[];
  /** How many categories there are to choose from. */
  readonly categories: number;
  /** [items * readers], item by item: a category from 0, or `missing`. */
  readonly values: Int16Array;
}

/** Items that the readers called alike: agreement depends on nothing else of them. */
export interface Pattern {
  /** One per reader. */
  readonly row: Int16Array;
  readonly items: number;
}

/** @param rows per item, one category per reader; null: no opinion. @throws DomainError BAD_INPUT */
export function ratingsOf(
  readers: readonly string[],
  categories: number,
  rows: readonly (readonly (number | null)[])[],
): Ratings {
  const values = new Int16Array(rows.length * readers.length);
  for (const [item, row] of rows.entries()) {
    if (row.length !== readers.length) {
      throw new DomainError("BAD_INPUT", `item ${item}: expected ${readers.length} opinions, got ${row.length}`);
    }
    for (const [reader, value] of row.entries()) {
      const fits = value === null || (Number.isInteger(value) && value >= 0 && value < categories);
      if (!fits) {
        throw new DomainError(
          "BAD_INPUT",
          `item ${item}: expected a category from 0 to ${categories - 1}, got ${value}`,
        );
      }
      values[item * readers.length + reader] = value ?? missing;
    }
  }
  return { readers, categories, values };
}

/** Distinct rows with their numbers of items, those with fewer than `least` opinions left out. */
export function patternsOf({ readers, values }: Ratings, least = 2): Pattern[] {
  const width = readers.length;
  const found = new Map<string, { row: Int16Array; items: number }>();
  for (let at = 0; at < values.length; at += width) {
    const row = values.subarray(at, at + width);
    if (row.reduce((sum, value) => sum + (value === missing ? 0 : 1), 0) < least) continue;
    const key = row.join(" ");
    const known = found.get(key);
    if (known) known.items++;
    else found.set(key, { row, items: 1 });
  }
  return [...found.values()];
}

export const itemsOf = (patterns: readonly Pattern[]): number => patterns.reduce((sum, { items }) => sum + items, 0);
