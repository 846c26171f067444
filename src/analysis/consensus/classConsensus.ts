/** @file One label per item from several readers' classes: the majority, or Dawid and Skene's consensus. */
import { type ClassValues, oneClass } from "@tessera/domain/classValues";
import { type ClassOpinions, ratingsOfClass, ratingsOfItems } from "../agreement/opinions.ts";
import { missing, type Ratings } from "../agreement/ratings.ts";
import { type Consensus, type DawidSkeneOptions, dawidSkene } from "./dawidSkene.ts";

export interface ClassConsensus {
  /** Per item; null: no label, as nobody had an opinion, or the votes are level. */
  readonly values: readonly (ClassValues | null)[];
  /** Questions (items, or of classes that are not exclusive items and classes) whose votes are level. */
  readonly ties: number;
  /** Dawid and Skene's, of each question: one of exclusive classes, else one per class. */
  readonly models: readonly ReaderModel[];
}

/** What a consensus says of the readers, small enough to keep with a version. */
export type ReaderModel = Omit<Consensus, "posteriors" | "labels"> & {
  /** Null: which of exclusive classes. */
  readonly className: string | null;
};

/**
 * More than any other class gets; of a class that is present or absent, the side that has more votes.
 * @param ties "unknown": null (of exclusive classes the item has no label); "firstReader": what the first reader in the list said, of
 * those whose choice is level
 */
export function majority(opinions: ClassOpinions, ties: "unknown" | "firstReader"): ClassConsensus {
  let level = 0;
  const answer = ({ readers, categories, values }: Ratings, item: number): number => {
    const own = values.subarray(item * readers.length, (item + 1) * readers.length);
    const votes = new Array<number>(categories).fill(0);
    for (const value of own) if (value !== missing) votes[value]!++;
    const most = Math.max(...votes);
    if (most === 0) return missing;
    const leading = votes.flatMap((count, category) => (count === most ? [category] : []));
    if (leading.length === 1) return leading[0]!;
    level++;
    return ties === "unknown" ? missing : own.find((value) => leading.includes(value))!;
  };
  const values = labelled(opinions, (ratings) => (item) => answer(ratings, item));
  return { values, ties: level, models: [] };
}

export function dawidSkeneConsensus(opinions: ClassOpinions, options: DawidSkeneOptions): ClassConsensus {
  const models: ReaderModel[] = [];
  const values = labelled(opinions, (ratings, className) => {
    if (ratings.values.every((value) => value === missing)) return () => missing; // a class that nobody knows anything of
    const { labels, posteriors: _, ...model } = dawidSkene(ratings, options);
    models.push({ ...model, className });
    return (item) => labels[item]!;
  });
  return { values, ties: 0, models };
}

/** @param answers asked once per question, in the order of classes */
function labelled(
  opinions: ClassOpinions,
  answers: (ratings: Ratings, className: string | null) => (item: number) => number,
) {
  const { classes, exclusive, rows } = opinions;
  if (exclusive) {
    const answer = answers(ratingsOfItems(opinions), null);
    return rows.map((_, item) => {
      const found = answer(item);
      return found === missing ? null : oneClass(found, classes.length);
    });
  }
  const each = classes.map((name, index) => answers(ratingsOfClass(opinions, index), name));
  return rows.map((_, item) => {
    const found = each.map((answer) => answer(item));
    const values = found.map((value) => (value === missing ? null : (value as 0 | 1)));
    return values.every((value) => value === null) ? null : values;
  });
}
