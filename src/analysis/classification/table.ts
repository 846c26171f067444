/**
 * @file The predictions of one run on one fold as a table of items x classes, checked once; every score is read from it.
 *
 * Exclusive classes: each item is of exactly one, and its probabilities add up to 1. Else each class is present or absent by
 * itself. A class that is not known of an item (null) is in no score of that class.
 */
import { DomainError } from "@tessera/domain/errors";

export interface Prediction {
  readonly itemId: string;
  /** One per class: 1 present, 0 absent, null not known. */
  readonly truth: readonly (0 | 1 | null)[];
  /** One per class, 0 to 1. */
  readonly probabilities: readonly number[];
}

export interface ClassSet {
  readonly classes: readonly string[];
  /** Whether an item is of exactly one class. Of two exclusive classes the second is the positive one. */
  readonly exclusive: boolean;
}

export interface PredictionTable extends ClassSet {
  /** Those with a known class (exclusive: whose class is known), in the order given. */
  readonly itemIds: readonly string[];
  /** [items x classes]: 1, 0, or -1 where not known. */
  readonly truth: Int8Array;
  /** [items x classes] */
  readonly probabilities: Float64Array;
  /** Items left out. */
  readonly unknownItems: number;
}

/** Stored as 32-bit floats, so many classes may add up to a little more or less than 1. */
const sumTolerance = 1e-3;

/**
 * @throws DomainError BAD_INPUT for a doubled item, another number of values than classes, a probability outside 0 to 1,
 * exclusive probabilities that do not add up to 1, and an item of two exclusive classes or of none
 */
export function predictionTable(predictions: readonly Prediction[], { classes, exclusive }: ClassSet): PredictionTable {
  if (classes.length < (exclusive ? 2 : 1)) {
    const least = exclusive ? "two exclusive classes" : "one class";
    throw new DomainError("BAD_INPUT", `Expected at least ${least}, got ${classes.length}`);
  }
  const seen = new Set<string>();
  const rows: { itemId: string; truth: number[]; probabilities: readonly number[] }[] = [];
  for (const { itemId, truth, probabilities } of predictions) {
    if (seen.has(itemId)) throw new DomainError("BAD_INPUT", `Item ${itemId}: expected one prediction, got two`);
    seen.add(itemId);
    checkProbabilities(itemId, probabilities, { classes, exclusive });
    if (truth.length !== classes.length) {
      throw wrong(itemId, `a truth for each of ${classes.length} classes`, `${truth.length}`);
    }
    const known = exclusive ? oneOf(itemId, truth) : truth.map((value) => value ?? -1);
    if (known.some((value) => value >= 0)) rows.push({ itemId, truth: known, probabilities });
  }
  return {
    classes,
    exclusive,
    itemIds: rows.map((row) => row.itemId),
    truth: Int8Array.from(rows.flatMap((row) => row.truth)),
    probabilities: Float64Array.from(rows.flatMap((row) => row.probabilities)),
    unknownItems: predictions.length - rows.length,
  };
}

/**
 * Tables of different items as one, as the folds of a cross-validation.
 * @throws DomainError BAD_INPUT for tables of other classes, or an item that is in two of them
 */
export function joinedTables([first, ...rest]: readonly [PredictionTable, ...PredictionTable[]]): PredictionTable {
  const all = [first, ...rest];
  const named = ({ classes, exclusive }: ClassSet) => JSON.stringify([classes, exclusive]);
  if (all.some((table) => named(table) !== named(first))) {
    throw new DomainError("BAD_INPUT", "Expected tables of the same classes; join predictions of one label schema");
  }
  const itemIds = all.flatMap((table) => table.itemIds);
  if (new Set(itemIds).size < itemIds.length) {
    throw new DomainError("BAD_INPUT", "Expected tables of different items, got one item in two of them");
  }
  return {
    ...first,
    itemIds,
    truth: Int8Array.from(all.flatMap((table) => [...table.truth])),
    probabilities: Float64Array.from(all.flatMap((table) => [...table.probabilities])),
    unknownItems: all.reduce((sum, table) => sum + table.unknownItems, 0),
  };
}

/** Of two exclusive classes the second alone: the first says the same once more. Else every class. */
export const scoredClasses = ({ classes, exclusive }: ClassSet): number[] =>
  exclusive && classes.length === 2 ? [1] : classes.map((_, index) => index);

/** The class with the highest probability, the first of several. */
export function topClass({ classes, probabilities }: PredictionTable, item: number): number {
  const from = item * classes.length;
  let top = 0;
  for (let each = 1; each < classes.length; each++) {
    if (probabilities[from + each]! > probabilities[from + top]!) top = each;
  }
  return top;
}

/** Of an item of a table of exclusive classes. */
export const trueClass = ({ classes, truth }: PredictionTable, item: number): number =>
  truth.subarray(item * classes.length, (item + 1) * classes.length).indexOf(1);

const wrong = (itemId: string, expected: string, got: string) =>
  new DomainError("BAD_INPUT", `Item ${itemId}: expected ${expected}, got ${got}`, { itemId });

function checkProbabilities(itemId: string, probabilities: readonly number[], { classes, exclusive }: ClassSet): void {
  if (probabilities.length !== classes.length) {
    throw wrong(itemId, `a probability for each of ${classes.length} classes`, `${probabilities.length}`);
  }
  const outside = probabilities.find((value) => !(value >= 0 && value <= 1));
  if (outside !== undefined) throw wrong(itemId, "probabilities from 0 to 1", `${outside}`);
  const sum = probabilities.reduce((total, value) => total + value, 0);
  if (exclusive && Math.abs(sum - 1) > sumTolerance) {
    throw wrong(itemId, "probabilities of exclusive classes that add up to 1", `${sum}`);
  }
}

/** A 1 makes the others 0; without a 1 nothing is known as long as one value is null. */
function oneOf(itemId: string, truth: Prediction["truth"]): number[] {
  const ones = truth.filter((value) => value === 1).length;
  if (ones > 1) throw wrong(itemId, "one class, as the classes exclude each other", `${ones}`);
  if (ones === 1) return truth.map((value) => value ?? 0);
  if (!truth.includes(null)) throw wrong(itemId, "one class, as the classes exclude each other", "none");
  return truth.map(() => -1);
}
