/**
 * @file Dice against region size: what one pixel costs on each item's own truth, the equivalent error beside Dice, and strata.
 * Shares are of the image that was scored, all classes together, unless others are given.
 */
import { type ArmScore, armScore } from "../armScore.ts";
import { diceOfCounts, meanScore } from "../dice.ts";
import { fewestForInterval, sizeStrata } from "../strata.ts";
import { type EquivalentError, equivalentError } from "./equivalentError.ts";
import { diceAtError } from "./errorCurves.ts";
import { type ArmOf, type ItemFacts, scoredArm } from "./itemFacts.ts";

export const regionSizeConvention = `Dice per item, both empty = undefined; equivalent error: by how many pixels of the square the item's own truth must be off, moved, grown or shrunk by the balance of false positives and negatives, to have the prediction's Dice (our own definition), and at least that where nothing of the truth is found; items without a region are left out; strata by the region's share of the image, with intervals over items, none below n = ${fewestForInterval}`;

/** What a board of region sizes needs of a prediction. */
export type SizedFacts = Pick<ItemFacts, "truth" | "counts" | "width" | "height">;

export interface RegionSizeScore {
  readonly arm: string;
  /** Mean over seeds; null where it is defined in none. */
  readonly dice: number | null;
  readonly equivalentError: number | null;
  /** In some run: nothing of the truth was found there, or less than its curve falls to. */
  readonly atLeast: boolean;
}

/** An item with a region. */
export interface RegionSizePoint {
  readonly itemId: string;
  readonly regionShare: number;
  readonly pixels: number;
  /** Dice of the truth with itself, off by so many pixels. */
  readonly oneErosion: number | null;
  readonly oneDilation: number | null;
  readonly oneShift: number | null;
  readonly twoShift: number | null;
  readonly threeShift: number | null;
  /** Mean over pairs of readers; null without two. */
  readonly readerDice: number | null;
  readonly scores: readonly RegionSizeScore[];
}

export interface StratumArm {
  readonly arm: string;
  /** Means over items of seed means; 95 % t intervals over items, null below n = 10. */
  readonly dice: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly equivalentError: number | null;
  readonly errorLow: number | null;
  readonly errorHigh: number | null;
}

export interface RegionSizeStratum {
  readonly label: string;
  readonly lowShare: number;
  readonly highShare: number;
  readonly items: number;
  /** Mean over items of the Dice of a shift by one pixel. */
  readonly onePixelDice: number | null;
  readonly readerDice: number | null;
  /** Items with two readers or more. */
  readonly readers: number;
  readonly arms: readonly StratumArm[];
}

export interface RegionSizeBoard {
  /** Smallest region first. */
  readonly points: readonly RegionSizePoint[];
  /** Equivalent error in pixels; `atLeast` counts items. */
  readonly arms: readonly (ArmScore & { readonly atLeast: number })[];
  readonly strata: readonly RegionSizeStratum[];
  readonly withoutRegion: number;
}

/** @param shares by item, where other shares than those of the scored truth are meant, such as the label's own */
export function regionSizeBoard(
  arms: readonly ArmOf<SizedFacts>[],
  shares: ReadonlyMap<string, number> = new Map(),
): RegionSizeBoard {
  const classesOf = new Map<string, readonly SizedFacts[]>();
  for (const run of arms.flatMap((arm) => arm.runs)) {
    for (const [item, classes] of run.items) if (!classesOf.has(item)) classesOf.set(item, classes);
  }
  const all = [...classesOf].map(([itemId, classes]) =>
    pointOf(itemId, classes, shares.get(itemId) ?? shareOf(classes), arms),
  );
  const points = all.filter(({ regionShare }) => regionShare > 0).sort((a, b) => a.regionShare - b.regionShare);
  return {
    points,
    arms: arms.map((arm) => ({
      ...armScore(scoredArm(arm, (facts) => errorOf(facts)?.pixels ?? null)),
      atLeast: points.filter(({ scores }) => scores.some((score) => score.arm === arm.name && score.atLeast)).length,
    })),
    strata: strataOf(points, arms),
    withoutRegion: all.length - points.length,
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const errorOf = ({ truth, counts }: Pick<ItemFacts, "truth" | "counts">): EquivalentError | null =>
  equivalentError(truth.errorCurves, counts);

/** Of the scored image, all classes together. */
export const shareOf = (classes: readonly Omit<SizedFacts, "counts">[]): number =>
  sum(classes.map(({ truth, width, height }) => truth.pixels / (width * height)));

function pointOf(
  itemId: string,
  classes: readonly SizedFacts[],
  regionShare: number,
  arms: readonly ArmOf<SizedFacts>[],
): RegionSizePoint {
  const dice = (curve: "eroded" | "dilated" | "shifted", e: number) =>
    meanScore(classes.map(({ truth }) => truth.errorCurves && diceAtError(truth.errorCurves, curve, e))).mean;
  return {
    itemId,
    regionShare,
    pixels: sum(classes.map(({ truth }) => truth.pixels)),
    oneErosion: dice("eroded", 1),
    oneDilation: dice("dilated", 1),
    oneShift: dice("shifted", 1),
    twoShift: dice("shifted", 2),
    threeShift: dice("shifted", 3),
    readerDice: meanScore(classes.flatMap(({ truth }) => truth.readers.map((pair) => pair.dice))).mean,
    scores: arms.map(({ name, runs }) => {
      const facts = runs.map((run) => run.items.get(itemId) ?? []);
      const perSeed = (score: (facts: SizedFacts) => number | null) =>
        meanScore(facts.map((each) => meanScore(each.map(score)).mean)).mean;
      return {
        arm: name,
        dice: perSeed(({ counts }) => diceOfCounts(counts)),
        equivalentError: perSeed((each) => errorOf(each)?.pixels ?? null),
        atLeast: facts.flat().some((each) => errorOf(each)?.atLeast ?? false),
      };
    }),
  };
}

function strataOf(points: readonly RegionSizePoint[], arms: readonly ArmOf<SizedFacts>[]): RegionSizeStratum[] {
  const strata = (score: (point: RegionSizePoint) => number | null) =>
    sizeStrata(points.map((point) => ({ regionShare: point.regionShare, score: score(point) }))).strata;
  const [onePixel, readers] = [strata((point) => point.oneShift), strata((point) => point.readerDice)];
  const ofArms = arms.map(({ name }, i) => ({
    arm: name,
    dice: strata(({ scores }) => scores[i]!.dice),
    errors: strata(({ scores }) => scores[i]!.equivalentError),
  }));
  return strata(() => 0).map(({ label, from, below, n }, at) => ({
    label,
    lowShare: from,
    highShare: Math.min(below, 1),
    items: n,
    onePixelDice: onePixel[at]!.mean,
    readerDice: readers[at]!.mean,
    readers: readers[at]!.n,
    arms: ofArms.map(({ arm, dice, errors }) => ({
      arm,
      dice: dice[at]!.mean,
      low: dice[at]!.low,
      high: dice[at]!.high,
      equivalentError: errors[at]!.mean,
      errorLow: errors[at]!.low,
      errorHigh: errors[at]!.high,
    })),
  }));
}
