/**
 * @file Which items of its training fold a run learns from: nested parts of one order, the same in every arm.
 *
 * Items are ordered by sha256 of (seed, origin file): by content, so that the same data and seed give the same part in every
 * installation. Where each item has one class, the classes are merged evenly: the r-th of the n items of a class stands at r/n, so
 * that every part has the classes in the fold's proportion, to within one item, and none is missing where it can be there.
 */
import { createHash } from "node:crypto";
import type { ClassValues } from "./classValues.ts";

export interface SubsetItem {
  /** Of the origin file. */
  readonly sha256: string;
  readonly classValues?: ClassValues;
}

export interface SubsetOptions {
  /** Above 0, up to 1. */
  readonly fraction: number;
  /** Of the run. */
  readonly seed: number;
  /** Of the label schema: an item has exactly one class. */
  readonly exclusive: boolean;
}

/** ⌈fraction · items⌉, whatever the last bits of the product are. */
export const subsetSize = (items: number, fraction: number): number =>
  Math.min(items, Math.ceil(items * fraction - 1e-9));

/** The chosen items, in the order given. A larger fraction holds all that a smaller one does; 1 is every item. */
export function trainingSubset<T extends SubsetItem>(items: readonly T[], options: SubsetOptions): T[] {
  const { fraction, seed, exclusive } = options;
  if (fraction === 1) return [...items];
  const hashed = items.map((item) => ({
    item,
    stratum: exclusive ? classOf(item) : 0,
    hash: createHash("sha256")
      .update(JSON.stringify([seed, item.sha256]))
      .digest("hex"),
  }));
  const strata = Map.groupBy(
    hashed.sort((a, b) => (a.hash < b.hash ? -1 : 1)),
    ({ stratum }) => stratum,
  );
  const order = [...strata.values()]
    .flatMap((of) => of.map(({ item, hash }, rank) => ({ item, hash, at: rank / of.length })))
    .sort((a, b) => a.at - b.at || (a.hash < b.hash ? -1 : 1));
  const chosen = new Set(order.slice(0, subsetSize(items.length, fraction)).map(({ item }) => item));
  return items.filter((item) => chosen.has(item));
}

/** Labels of masks have none: one stratum. */
const classOf = ({ classValues }: SubsetItem): number => classValues?.indexOf(1) ?? 0;
