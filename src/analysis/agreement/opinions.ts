/** @file Class opinions of several readers, item by item, and the ratings that they are for one question. */
import type { ClassValues } from "@tessera/domain/classValues";
import { missing, type Ratings } from "./ratings.ts";

export interface ClassOpinions {
  readonly readers: readonly string[];
  readonly classes: readonly string[];
  /** An item has exactly one class. */
  readonly exclusive: boolean;
  /** Per item, one per reader; null: no opinion. */
  readonly rows: readonly (readonly (ClassValues | null)[])[];
}

/** Which class, of exclusive classes: a category per class. */
export const ratingsOfItems = ({ readers, classes, rows }: ClassOpinions): Ratings =>
  table(readers, classes.length, rows, (values) => values.indexOf(1));

/** Whether one class is present: absent 0, present 1. What is not known is no opinion. */
export const ratingsOfClass = ({ readers, rows }: ClassOpinions, index: number): Ratings =>
  table(readers, 2, rows, (values) => values[index] ?? missing);

function table(
  readers: readonly string[],
  categories: number,
  rows: ClassOpinions["rows"],
  category: (values: ClassValues) => number,
): Ratings {
  const values = new Int16Array(rows.length * readers.length);
  for (const [item, row] of rows.entries()) {
    for (const [reader, opinion] of row.entries()) {
      values[item * readers.length + reader] = opinion === null ? missing : category(opinion);
    }
  }
  return { readers, categories, values };
}
