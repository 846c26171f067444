/**
 * @file Dice against region size: each item beside what known errors cost its own truth, and each stratum of like sizes.
 *
 * Items whose truth is empty have no size and are counted apart. Intervals of an arm are over seeds; those of a stratum over
 * items, and none below `fewestForInterval`.
 */
import type { ErrorCurves } from "@tessera/domain/measures";
import { type ArmScore, armScore } from "../armScore.ts";
import { fewestForInterval, sizeStrata } from "../strata.ts";
import { meanAndSd } from "../summary.ts";
import type { EquivalentError } from "./equivalentError.ts";

export interface SizedTruth {
  readonly itemId: string;
  readonly itemName: string;
  /** Truth's share of the image's pixels, 0 to 1. */
  readonly regionShare: number;
  /** Of the square. */
  readonly pixels: number;
  /** null before the truth is measured, and for an empty one. */
  readonly curves: ErrorCurves | null;
  /** Dice of every two readers; empty where there is one, or before the truth is measured. */
  readonly readers: readonly (number | null)[];
}

export interface SizedRun {
  readonly seed: number;
  /** By item id. */
  readonly dice: ReadonlyMap<string, number | null>;
  /** By item id; without the items that are not measured yet. */
  readonly errors: ReadonlyMap<string, EquivalentError | null>;
}

export interface SizedArm {
  readonly name: string;
  readonly runs: readonly SizedRun[];
}

interface ArmAtItem {
  readonly arm: string;
  /** Mean over seeds. */
  readonly dice: number | null;
  /** Pixels; mean over seeds. */
  readonly equivalentError: number | null;
  /** In some seed the error is at least what was counted. */
  readonly atLeast: boolean;
}

export interface SizePoint extends Omit<SizedTruth, "curves" | "readers"> {
  readonly oneErosion: number | null;
  readonly oneDilation: number | null;
  readonly oneShift: number | null;
  readonly twoShift: number | null;
  readonly threeShift: number | null;
  readonly readerDice: number | null;
  readonly scores: readonly ArmAtItem[];
}

export interface RegionSizes {
  /** Smallest region first, then by name. */
  readonly points: readonly SizePoint[];
  readonly arms: readonly (Omit<ArmScore, "mean"> & {
    readonly equivalentError: number | null;
    readonly atLeast: number;
  })[];
  readonly strata: readonly SizeStratumOfArms[];
  readonly withoutRegion: number;
}

export interface SizeStratumOfArms {
  readonly label: string;
  readonly lowShare: number;
  readonly highShare: number;
  readonly items: number;
  /** Mean Dice of a truth moved by one pixel. */
  readonly onePixelDice: number | null;
  readonly readerDice: number | null;
  /** Items with more than one reader. */
  readonly readers: number;
  readonly arms: readonly {
    readonly arm: string;
    readonly dice: number | null;
    readonly low: number | null;
    readonly high: number | null;
    readonly equivalentError: number | null;
    readonly errorLow: number | null;
    readonly errorHigh: number | null;
  }[];
}

export const regionSizeConvention = `Dice per item, both empty = undefined. Equivalent boundary error: the error of the truth's own outline, in pixels of the square, that would cost it as much Dice (moved in, out or sideways by the balance of false negatives and false positives; our own definition). No overlap: at least the error at which nothing would be left. Items without a region are left out. Strata by the region's share of the image; their intervals are over items, none below ${fewestForInterval}`;

export function regionSizes(truths: readonly SizedTruth[], arms: readonly SizedArm[]): RegionSizes {
  const sized = truths.filter((truth) => truth.regionShare > 0).sort(bySize);
  const points = sized.map((truth) => pointOf(truth, arms));
  const ids = new Set(sized.map(({ itemId }) => itemId));
  return {
    points,
    arms: arms.map((arm) => errorOfArm(arm, ids)),
    strata: strataOf(points),
    withoutRegion: truths.length - sized.length,
  };
}

const bySize = (a: SizedTruth, b: SizedTruth) =>
  a.regionShare - b.regionShare || (a.itemName < b.itemName ? -1 : a.itemName > b.itemName ? 1 : 0);

function pointOf({ curves, readers, ...truth }: SizedTruth, arms: readonly SizedArm[]): SizePoint {
  const at = (curve: "eroded" | "dilated" | "shifted", pixels: number) => curves && diceAt(curves, curve, pixels);
  return {
    ...truth,
    oneErosion: at("eroded", 1),
    oneDilation: at("dilated", 1),
    oneShift: at("shifted", 1),
    twoShift: at("shifted", 2),
    threeShift: at("shifted", 3),
    readerDice: defined(readers),
    scores: arms.map(({ name, runs }) => {
      const errors = runs.map((run) => run.errors.get(truth.itemId) ?? null);
      return {
        arm: name,
        dice: defined(runs.map((run) => run.dice.get(truth.itemId) ?? null)),
        equivalentError: defined(errors.map((error) => error?.pixels ?? null)),
        atLeast: errors.some((error) => error?.atLeast === true),
      };
    }),
  };
}

/** Flat from the last error on: from there the curve falls no further. */
function diceAt({ errors, ...curves }: ErrorCurves, curve: "eroded" | "dilated" | "shifted", pixels: number): number {
  return curves[curve][errors.indexOf(pixels)] ?? curves[curve].at(-1)!;
}

function errorOfArm({ name, runs }: SizedArm, ids: ReadonlySet<string>): RegionSizes["arms"][number] {
  const inSize = runs.map(({ seed, errors }) => ({ seed, errors: [...errors].filter(([id]) => ids.has(id)) }));
  const scored = inSize.map(({ seed, errors }) => ({
    seed,
    scores: new Map(errors.map(([id, error]) => [id, error?.pixels ?? null])),
  }));
  const { mean, ...cell } = armScore({ name, runs: scored.filter(({ scores }) => scores.size > 0) });
  const atLeast = inSize.flatMap(({ errors }) => errors.filter(([, error]) => error?.atLeast === true)).length;
  return { equivalentError: mean, ...cell, atLeast };
}

function strataOf(points: readonly SizePoint[]): SizeStratumOfArms[] {
  const strata = (score: (point: SizePoint) => number | null) =>
    sizeStrata(points.map((point) => ({ regionShare: point.regionShare, score: score(point) }))).strata;
  const onePixel = strata((point) => point.oneShift);
  const readers = strata((point) => point.readerDice);
  const ofArms = (points[0]?.scores ?? []).map(({ arm }, i) => ({
    arm,
    dice: strata((point) => point.scores[i]!.dice),
    error: strata((point) => point.scores[i]!.equivalentError),
  }));
  return strata(() => 0).map(({ label, from, below, n }, i) => ({
    label,
    lowShare: from,
    highShare: Math.min(below, 1),
    items: n,
    onePixelDice: onePixel[i]!.mean,
    readerDice: readers[i]!.mean,
    readers: readers[i]!.n,
    arms: ofArms.map(({ arm, dice, error }) => ({
      arm,
      dice: dice[i]!.mean,
      low: dice[i]!.low,
      high: dice[i]!.high,
      equivalentError: error[i]!.mean,
      errorLow: error[i]!.low,
      errorHigh: error[i]!.high,
    })),
  }));
}

const defined = (values: readonly (number | null)[]) => meanAndSd(values.filter((value) => value !== null)).mean;
