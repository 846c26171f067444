/**
 * @file How far readers agree on masks: Dice and the 95th percentile of the distance between outlines, for each pair of readers.
 *
 * The interval of a mean Dice is the bootstrap's over items (bootstrap.ts). An item that both leave empty has no Dice and is counted apart;
 * one that either leaves empty has no distance, and a Dice of 0.
 */
import { diceOf, type MaskPairFacts } from "@tessera/domain/maskPairs";
import { bootstrapMean } from "../bootstrap.ts";
import type { Interval } from "../studentT.ts";
import { mean, median } from "../summary.ts";

/** Of one item, pair of readers and class. */
export interface ReaderPairFacts extends MaskPairFacts {
  readonly a: string;
  readonly b: string;
  readonly classIndex: number;
}

export interface MaskPairAgreement extends Interval {
  readonly a: string;
  readonly b: string;
  /** Null: all classes together, their mean over items and classes. */
  readonly classIndex: number | null;
  /** Items (and classes) that have a Dice. */
  readonly items: number;
  readonly dice: number | null;
  /** Those that both left empty. */
  readonly bothEmpty: number;
  /** Those that one left empty. */
  readonly oneEmpty: number;
  /** Median over items, pixels of the item; null for none. */
  readonly hd95: number | null;
}

/** @param classes how many there are: of one, its pairs are all there is. By pair, then all classes together, then class by class */
export function maskAgreement(facts: readonly ReaderPairFacts[], classes: number): MaskPairAgreement[] {
  const pairs = Map.groupBy(facts, ({ a, b }) => JSON.stringify([a, b]));
  return [...pairs.values()].flatMap((rows) => {
    const single = classes === 1 ? [0] : [null, ...Array.from({ length: classes }, (_, index) => index)];
    return single.map((classIndex) => {
      const own = classIndex === null ? rows : rows.filter((row) => row.classIndex === classIndex);
      return { a: rows[0]!.a, b: rows[0]!.b, classIndex, ...summaryOf(own) };
    });
  });
}

function summaryOf(rows: readonly MaskPairFacts[]) {
  const dices = rows.flatMap((row) => diceOf(row) ?? []);
  const distances = rows.flatMap(({ hd95 }) => hd95 ?? []);
  const interval = dices.length < 2 ? { low: null, high: null } : bootstrapMean(dices);
  return {
    ...interval,
    items: dices.length,
    dice: dices.length === 0 ? null : mean(dices),
    bothEmpty: rows.length - dices.length,
    oneEmpty: rows.filter(({ pixelsA, pixelsB }) => (pixelsA === 0) !== (pixelsB === 0)).length,
    hd95: median(distances),
  };
}
