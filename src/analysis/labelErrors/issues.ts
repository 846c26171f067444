/**
 * @file Which labels are held to be wrong, and how far each is to be trusted.
 *
 * Source: Northcutt, Jiang & Chuang 2021, section 3.2 (prune by class, by noise rate, both; rank by self-confidence or normalised
 * margin). Differs in two things: an item whose most probable class is the given one is never an issue, and no class loses its last item.
 */
import { argmax, confidentJoint, type GivenLabels, givenCounts, range } from "./confidentJoint.ts";

export const pruneRules = ["noiseRate", "class", "both"] as const;
export type PruneRule = (typeof pruneRules)[number];

/** [items]: 1 where the label is held to be wrong. */
export function labelIssues(labels: GivenLabels, rule: PruneRule = "both"): Uint8Array {
  const wrong = wrongPerClasses(labels);
  const byRate = rule === "class" ? null : prunedByNoiseRate(labels, wrong);
  const byClass = rule === "noiseRate" ? null : prunedByClass(labels, wrong);
  const { classes, given, probabilities } = labels;
  return Uint8Array.from(range(given.length), (item) => {
    const held = (byRate?.has(item) ?? true) && (byClass?.has(item) ?? true);
    return held && argmax(probabilities, item * classes, classes) !== given[item] ? 1 : 0;
  });
}

/** Probability of the given class, in [0, 1]: the lower the more suspect. @returns [items] */
export const selfConfidence = ({ classes, given, probabilities }: GivenLabels): Float64Array =>
  Float64Array.from(range(given.length), (item) => probabilities[item * classes + given[item]!]!);

/** (p(given) - the highest p of another class + 1) / 2, in [0, 1]: below 1/2 another class is more probable. @returns [items] */
export function normalisedMargin({ classes, given, probabilities }: GivenLabels): Float64Array {
  return Float64Array.from(range(given.length), (item) => {
    const own = probabilities[item * classes + given[item]!]!;
    const others = range(classes).filter((each) => each !== given[item]);
    const rival = Math.max(...others.map((each) => probabilities[item * classes + each]!));
    return (own - rival + 1) / 2;
  });
}

/** Items of each given class that are estimated to be of each other one, [given][true], in whole items; the diagonal is the rest. */
export function wrongPerClasses(labels: GivenLabels): number[][] {
  const items = givenCounts(labels);
  return confidentJoint(labels).map((row, own) => {
    const counted = row.reduce((sum, each) => sum + each, 0);
    const whole = wholeParts(row.map((each) => (each / counted) * items[own]!));
    return items[own] === 0 ? whole : keepOne(whole, own);
  });
}

/** Of every pair of classes, as many items as are estimated: those in which the other class leads the given one most. */
function prunedByNoiseRate(labels: GivenLabels, wrong: readonly (readonly number[])[]): Set<number> {
  const { classes, probabilities } = labels;
  const lead = (item: number, own: number, other: number) =>
    probabilities[item * classes + other]! - probabilities[item * classes + own]!;
  const pruned = itemsByClass(labels).flatMap((items, own) =>
    range(classes)
      .filter((other) => other !== own)
      .flatMap((other) => first(items, wrong[own]![other]!, (item) => -lead(item, own, other))),
  );
  return new Set(pruned);
}

/** Of every class, as many items as are estimated to be of any other one: those with the lowest probability of their own. */
function prunedByClass(labels: GivenLabels, wrong: readonly (readonly number[])[]): Set<number> {
  const { classes, probabilities } = labels;
  const pruned = itemsByClass(labels).flatMap((items, own) =>
    first(items, items.length - wrong[own]![own]!, (item) => probabilities[item * classes + own]!),
  );
  return new Set(pruned);
}

const itemsByClass = ({ classes, given }: GivenLabels) => {
  const items = range(classes).map((): number[] => []);
  for (let item = 0; item < given.length; item++) items[given[item]!]!.push(item);
  return items;
};

/** The `most` items with the lowest key; of equal ones those that come first. */
const first = (items: readonly number[], most: number, key: (item: number) => number): number[] =>
  items.toSorted((a, b) => key(a) - key(b) || a - b).slice(0, most);

/** Whole numbers with the same sum, which is whole: the largest remainders are rounded up. */
function wholeParts(parts: readonly number[]): number[] {
  const floors = parts.map((part) => Math.floor(part + 1e-9));
  const missing = Math.round(parts.reduce((sum, part) => sum + part, 0)) - floors.reduce((sum, each) => sum + each, 0);
  const raised = new Set(first(range(parts.length), missing, (at) => floors[at]! - parts[at]!));
  return floors.map((floor, at) => floor + (raised.has(at) ? 1 : 0));
}

function keepOne(row: readonly number[], own: number): number[] {
  if (row[own]! > 0) return [...row];
  const largest = argmax(row, 0, row.length);
  return row.map((each, at) => each + (at === own ? 1 : at === largest ? -1 : 0));
}
