/**
 * @file Which items of its training fold a run learns from: all those of some subjects, nested parts of one order of the subjects,
 * the same in every arm.
 *
 * Subjects are ordered by sha256 of (seed, origin files): by content, so that the same data and seed give the same part in every
 * installation. Where each item has one class, the classes are merged evenly: the r-th of the n subjects of a class stands at r/n, so
 * that every part has the classes in the fold's proportion, to within one subject, and none is missing where it can be there. A
 * subject with several classes counts for the one that fewest subjects have.
 */
import { createHash } from "node:crypto";
import type { ClassValues } from "./classValues.ts";

export interface SubsetItem {
  /** Of the origin file. */
  readonly sha256: string;
  readonly subject: string;
  readonly classValues?: ClassValues;
}

export interface OrderOptions {
  /** Of the run. */
  readonly seed: number;
  /** Of the label schema: an item has exactly one class. */
  readonly exclusive: boolean;
}

export interface SubsetOptions extends OrderOptions {
  /** Above 0, up to 1. */
  readonly fraction: number;
}

/** ⌈fraction · subjects⌉, whatever the last bits of the product are: at least one, and less than one too many. */
export const subsetSize = (subjects: number, fraction: number): number =>
  Math.min(subjects, Math.ceil(subjects * fraction - 1e-9));

/** The items of the chosen subjects, in the order given. A larger fraction holds all that a smaller one does; 1 is every item. */
export function trainingSubset<T extends SubsetItem>(
  items: readonly T[],
  { fraction, ...options }: SubsetOptions,
): T[] {
  if (fraction === 1) return [...items];
  const order = subjectOrder(items, options);
  const chosen = new Set(order.slice(0, subsetSize(order.length, fraction)).flat());
  return items.filter((item) => chosen.has(item));
}

/** The items of each subject, in the order by which parts are taken. */
export function subjectOrder<T extends SubsetItem>(items: readonly T[], { seed, exclusive }: OrderOptions): T[][] {
  const subjects = [...Map.groupBy(items, ({ subject }) => subject).values()];
  const stratumOf = exclusive ? rarestClass(subjects) : () => 0;
  const hashed = subjects.map((of) => ({
    of,
    stratum: stratumOf(of),
    // Of a subject of one item as it was when parts were drawn by item.
    hash: createHash("sha256")
      .update(JSON.stringify([seed, ...of.map(({ sha256 }) => sha256).sort()]))
      .digest("hex"),
  }));
  const strata = Map.groupBy(
    hashed.sort((a, b) => (a.hash < b.hash ? -1 : 1)),
    ({ stratum }) => stratum,
  );
  return [...strata.values()]
    .flatMap((stratum) => stratum.map(({ of, hash }, rank) => ({ of, hash, at: rank / stratum.length })))
    .sort((a, b) => a.at - b.at || (a.hash < b.hash ? -1 : 1))
    .map(({ of }) => of);
}

/** Of a subject's classes the one that fewest subjects have, else it would be lost first. */
function rarestClass(subjects: readonly (readonly SubsetItem[])[]): (subject: readonly SubsetItem[]) => number {
  const classesOf = (subject: readonly SubsetItem[]) => [...new Set(subject.map(classOf))];
  const counts = new Map<number, number>();
  for (const index of subjects.flatMap(classesOf)) counts.set(index, (counts.get(index) ?? 0) + 1);
  return (subject) => classesOf(subject).sort((a, b) => counts.get(a)! - counts.get(b)! || a - b)[0]!;
}

/** Labels of masks have none: one stratum. */
const classOf = ({ classValues }: SubsetItem): number => classValues?.indexOf(1) ?? 0;
