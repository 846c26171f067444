/**
 * @file How many items of each given class are of which true class, counted from probabilities that a model gave to items it had not
 * learnt from (out of fold).
 *
 * Source: Northcutt, Jiang & Chuang 2021, "Confident learning", JAIR 70, section 3.1 (threshold, confident joint, calibration).
 * Differs in three things, in which it is as cleanlab: where several thresholds are reached the most probable class of all is taken, not of
 * those; a given class whose items are all counted elsewhere, or nowhere, keeps one on the diagonal, so that its row can be calibrated; and
 * a class that no item was given has no threshold, so nothing is counted as it.
 */
import { DomainError } from "@tessera/domain/errors";

/** Exclusive classes: each item was given exactly one. */
export interface GivenLabels {
  readonly classes: number;
  /** [items], each a class index. */
  readonly given: ArrayLike<number>;
  /** [items x classes], each in [0, 1]; out of fold. */
  readonly probabilities: ArrayLike<number>;
}

/** Probabilities are stored as 32-bit floats: one that equals its threshold reaches it. */
const tolerance = 1e-6;

/** Per class the mean probability of the items that were given it; infinite where there are none. @returns [classes] */
export function confidentThresholds({ classes, given, probabilities }: GivenLabels): Float64Array {
  const sums = new Float64Array(classes);
  const items = new Float64Array(classes);
  for (let item = 0; item < given.length; item++) {
    const own = given[item]!;
    sums[own]! += probabilities[item * classes + own]!;
    items[own]! += 1;
  }
  return sums.map((sum, own) => (items[own] === 0 ? Number.POSITIVE_INFINITY : sum / items[own]!));
}

/**
 * Counts [given class][true class] of the items whose probability reaches some class's threshold.
 * @throws DomainError BAD_INPUT for no items, a label that is no class, or another number of probabilities
 */
export function confidentJoint(labels: GivenLabels): number[][] {
  check(labels);
  const { classes, given, probabilities } = labels;
  const thresholds = confidentThresholds(labels);
  const counts = square(classes, () => 0);
  for (let item = 0; item < given.length; item++) {
    const row = item * classes;
    const reached = range(classes).filter((each) => probabilities[row + each]! >= thresholds[each]! - tolerance);
    if (reached.length === 0) continue;
    const guess = reached.length === 1 ? reached[0]! : argmax(probabilities, row, classes);
    counts[given[item]!]![guess]! += 1;
  }
  for (const own of range(classes)) counts[own]![own] = Math.max(1, counts[own]![own]!);
  return counts;
}

/** The estimated joint of given and true class, [given][true], which adds up to 1: each row is scaled to the items given its class. */
export function estimatedJoint({ classes, given }: GivenLabels, counts: readonly (readonly number[])[]): number[][] {
  const items = givenCounts({ classes, given });
  return counts.map((row, own) => {
    const counted = row.reduce((sum, each) => sum + each, 0);
    return row.map((each) => (each / counted) * (items[own]! / given.length));
  });
}

/** p(given | true), [true][given]; a true class that nothing is estimated to be has a row of null. */
export const noiseMatrix = (joint: readonly (readonly number[])[]): (number | null)[][] =>
  joint.map((_, truth) => {
    const column = joint.map((row) => row[truth]!);
    const total = column.reduce((sum, each) => sum + each, 0);
    return column.map((each) => (total === 0 ? null : each / total));
  });

/** Items given each class. */
export function givenCounts({ classes, given }: Pick<GivenLabels, "classes" | "given">): number[] {
  const items = range(classes).map(() => 0);
  for (let item = 0; item < given.length; item++) items[given[item]!]! += 1;
  return items;
}

/** The first of the most probable classes. */
export function argmax(values: ArrayLike<number>, from: number, length: number): number {
  let top = 0;
  for (let each = 1; each < length; each++) if (values[from + each]! > values[from + top]!) top = each;
  return top;
}

export const range = (length: number): number[] => Array.from({ length }, (_, each) => each);

const square = (classes: number, value: () => number) => range(classes).map(() => range(classes).map(value));

function check({ classes, given, probabilities }: GivenLabels): void {
  if (given.length === 0) throw new DomainError("BAD_INPUT", "Expected at least one labelled item, got none");
  if (probabilities.length !== given.length * classes) {
    const expected = `${given.length} x ${classes} probabilities, one per item and class`;
    throw new DomainError("BAD_INPUT", `Expected ${expected}, got ${probabilities.length}`);
  }
  for (let item = 0; item < given.length; item++) {
    const own = given[item]!;
    if (Number.isInteger(own) && own >= 0 && own < classes) continue;
    throw new DomainError("BAD_INPUT", `Item number ${item}: expected a class from 0 to ${classes - 1}, got ${own}`);
  }
}
