/** @file The conventions that a "mean Dice" can hide, and the one number that each makes of the same counts. */
import { conventions, diceOfCounts, meanScore } from "../dice.ts";
import type { ClassCounts } from "./itemFacts.ts";

export const aggregations = ["perItem", "pooled"] as const;
/** Per item: Dice of each item, then the mean. Pooled: the counts of all items added, then one Dice. */
export type Aggregation = (typeof aggregations)[number];

export interface DiceConvention {
  readonly aggregation: Aggregation;
  /**
   * Whether background counts as one more class. Each class brings its own: what is not of the class, with its true negatives
   * as true positives, and false positives and negatives exchanged.
   */
  readonly background: boolean;
  /** Score of a class that truth and prediction of an item both lack; of no matter where counts are pooled. */
  readonly bothEmpty: null | 0 | 1;
}

/** The first is the reference: what every other board of ours says. */
export const diceConventions: readonly DiceConvention[] = [
  ...[false, true].flatMap((background) =>
    ([null, 0, 1] as const).map((bothEmpty) => ({ aggregation: "perItem" as const, background, bothEmpty })),
  ),
  ...[false, true].map((background) => ({ aggregation: "pooled" as const, background, bothEmpty: null })),
];

export const referenceConvention: DiceConvention = diceConventions[0]!;

const emptyWord = (bothEmpty: DiceConvention["bothEmpty"]) => (bothEmpty === null ? "undefined" : String(bothEmpty));

/** "per item, background out, both empty = undefined"; "pooled, background in" */
export function conventionName({ aggregation, background, bothEmpty }: DiceConvention): string {
  const class_ = background ? "background in" : "background out";
  if (aggregation === "pooled") return `pooled, ${class_}`;
  return `per item, ${class_}, both empty = ${emptyWord(bothEmpty)}`;
}

/** The name and how the number is made, as it is printed beside it. */
export function conventionText(convention: DiceConvention): string {
  const class_ = convention.background
    ? "each class and what is not of it, as two classes"
    : "foreground classes alone";
  const made =
    convention.aggregation === "pooled"
      ? "counts of all items added, then one Dice per class, the mean over classes"
      : "Dice of each item, the mean over its classes, then over items";
  return `${conventionName(convention)}: ${class_}; ${made}; averaged over seeds`;
}

/** A name for an address: "perItem-out-undefined", "pooled-in". */
export function conventionKey({ aggregation, background, bothEmpty }: DiceConvention): string {
  const key = `${aggregation}-${background ? "in" : "out"}`;
  return aggregation === "pooled" ? key : `${key}-${emptyWord(bothEmpty)}`;
}

/** Dice of one item: the mean over its classes that are defined. */
export function itemDice(
  classes: readonly ClassCounts[],
  { background, bothEmpty }: Pick<DiceConvention, "background" | "bothEmpty">,
): number | null {
  const convention = conventions[bothEmpty === null ? "undefined" : bothEmpty === 0 ? "zero" : "one"];
  const counted = background ? [...classes, ...classes.map(complement)] : classes;
  return meanScore(counted.map((counts) => diceOfCounts(counts, convention))).mean;
}

/**
 * Dice of the counts of all items added up, per class; the mean over classes that are defined.
 * @param items per item its classes, in the same order
 */
export function pooledDice(
  items: readonly (readonly ClassCounts[])[],
  { background }: Pick<DiceConvention, "background">,
): number | null {
  const totals: ClassCounts[] = [];
  for (const classes of items) {
    classes.forEach((counts, index) => {
      totals[index] = sum(totals[index] ?? none, counts);
    });
  }
  return itemDice(totals, { background, bothEmpty: null });
}

/** What is not of the class, as a class. */
const complement = (counts: ClassCounts): ClassCounts => ({
  truePositives: counts.trueNegatives,
  falsePositives: counts.falseNegatives,
  falseNegatives: counts.falsePositives,
  trueNegatives: counts.truePositives,
});

const none: ClassCounts = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };

const sum = (a: ClassCounts, b: ClassCounts): ClassCounts => ({
  truePositives: a.truePositives + b.truePositives,
  falsePositives: a.falsePositives + b.falsePositives,
  falseNegatives: a.falseNegatives + b.falseNegatives,
  trueNegatives: a.trueNegatives + b.trueNegatives,
});
