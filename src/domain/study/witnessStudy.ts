/**
 * @file Down to which witness rate does a pooling find a slide: poolings × witness rates as the arms of an experiment, on bags that are
 * composed anew at each rate from tiles whose own label is known (`bags/witnessRate.ts`).
 */
import { composeBags, witnessesOf, witnessRates } from "../bags/witnessRate.ts";
import { type Arm, gridLimits, withChanges } from "../configuration/grid.ts";
import { completeRun } from "../configuration/run.ts";
import { DomainError } from "../errors.ts";
import { randomStream } from "../random.ts";
import { sortedJson } from "../sortedJson.ts";
import { type Fold, folds } from "../words.ts";

/** Of the base configuration, as an arm's. */
export interface NamedChanges {
  readonly name: string;
  readonly changes: Readonly<Record<string, unknown>>;
}

export interface BagPlan {
  /** Of every bag. */
  readonly tiles: number;
  /** Bags of each fold, every second one positive. */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** Of the draw: the same bags for all poolings and seeds of training. */
  readonly seed: number;
}

/** Kept with the study, as JSON. */
export interface WitnessDesign {
  /** The first is the reference. */
  readonly poolings: readonly NamedChanges[];
  /** 0.001 to 0.5, ascending. */
  readonly rates: readonly number[];
  readonly bags: BagPlan;
}

export interface WitnessArm extends Arm {
  readonly pooling: string;
  readonly rate: number;
}

/** What a fold has to compose bags of. */
export type TileCounts = Readonly<Record<Fold, { readonly positive: number; readonly negative: number }>>;

const separator = " · ";
const mostTiles = 50_000;
const mostBags = 5_000;

const refuse = (field: string, message: string): never => {
  throw new DomainError("BAD_INPUT", `${field}: ${message}`, { field });
};
const conflict = (field: string, message: string): DomainError =>
  new DomainError("CONFLICT", `${field}: ${message}; a study only ever grows, choose another name`, {
    ...{ field, differs: field },
  });

/** "0.5 %". */
export const rateText = (rate: number): string => `${Number((100 * rate).toPrecision(3))} %`;

/**
 * Rates ascending and once each.
 * @throws DomainError BAD_INPUT naming the list: empty, doubled, out of its limits, or two rates of as many witnesses
 */
export function checkedWitnessDesign({ poolings, rates, bags }: WitnessDesign, base: unknown): WitnessDesign {
  checkPoolings(poolings, base);
  checkBags(bags);
  const ascending = [...new Set(rates)].toSorted((a, b) => a - b);
  if (ascending.length === 0) refuse("rates", "expected at least one, got none");
  for (const rate of ascending) {
    if (rate >= witnessRates.low && rate <= witnessRates.high) continue;
    refuse("rates", `expected shares from ${witnessRates.low} to ${witnessRates.high}, got ${rate}`);
  }
  const same = ascending.find((rate, i) => i > 0 && witnesses(rate, bags) === witnesses(ascending[i - 1]!, bags));
  if (same !== undefined) {
    const before = ascending[ascending.indexOf(same) - 1]!;
    refuse(
      "rates",
      `${rateText(before)} and ${rateText(same)} are both ${witnesses(same, bags)} of ${bags.tiles} tiles; take more tiles, or leave one out`,
    );
  }
  return { poolings, rates: ascending, bags };
}

const witnesses = (rate: number, { tiles }: BagPlan) => witnessesOf({ rate, tiles });

function checkPoolings(poolings: readonly NamedChanges[], base: unknown): void {
  if (poolings.length === 0) refuse("poolings", "expected at least one, got none");
  const wrong = poolings.find(({ name }) => name.trim() === "" || name.length > 40 || name.includes(separator));
  if (wrong) refuse("poolings", `expected names of 1 to 40 characters without "${separator}", got "${wrong.name}"`);
  const names = poolings.map(({ name }) => name);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) refuse("poolings", `"${twice}" is listed twice; rename one`);
  const runs = poolings.map(({ changes }) => sortedJson(completeRun(withChanges(base, changes))));
  if (new Set(runs).size < runs.length) {
    refuse("poolings", "two of them change the base in the same way, and would be the same runs");
  }
}

function checkBags(bags: BagPlan): void {
  const whole = (field: keyof BagPlan, least: number, most: number) => {
    const value = bags[field];
    if (Number.isInteger(value) && value >= least && value <= most) return;
    refuse(`bags.${field}`, `expected a whole number from ${least} to ${most}, got ${value}`);
  };
  whole("tiles", 2, mostTiles);
  for (const fold of folds) whole(fold, 4, mostBags);
  whole("seed", 0, 2 ** 31 - 1);
}

/** @throws DomainError BAD_INPUT naming fold and rate where its tiles do not suffice */
export function refuseTooFewTiles({ rates, bags }: WitnessDesign, counts: TileCounts): void {
  const most = rates.at(-1)!;
  for (const fold of folds) {
    const { positive, negative } = counts[fold];
    if (positive >= witnesses(most, bags) && negative >= bags.tiles) continue;
    refuse(
      "rates",
      `bags of ${bags.tiles} tiles at ${rateText(most)} need ${witnesses(most, bags)} positive and ${bags.tiles} negative tiles in every fold, and ${fold} has ${positive} and ${negative}; take fewer tiles a bag, or lower rates`,
    );
  }
}

/** By rate, then pooling, so that neighbours are compared on the same bags. @throws DomainError BAD_INPUT for too many */
export function witnessArms({ poolings, rates }: WitnessDesign): WitnessArm[] {
  if (poolings.length * rates.length > gridLimits.arms) {
    const arms = `${poolings.length} poolings × ${rates.length} rates`;
    refuse("poolings", `${arms} are over the ${gridLimits.arms} arms of an experiment; leave some out`);
  }
  return rates.flatMap((rate) =>
    poolings.map(({ name: pooling, changes }) => ({
      name: `${pooling}${separator}${rateText(rate)}`,
      ...{ changes, pooling, rate },
    })),
  );
}

/**
 * All poolings and rates that either has.
 * @throws DomainError CONFLICT where a pooling of one name is another, or the bags are drawn in another way
 */
export function grownWitnessDesign(known: WitnessDesign, asked: WitnessDesign): WitnessDesign {
  if (sortedJson(known.bags) !== sortedJson(asked.bags)) throw conflict("bags", "the study has bags of another plan");
  for (const { name, changes } of asked.poolings) {
    const there = known.poolings.find((pooling) => pooling.name === name);
    if (there && sortedJson(there.changes) !== sortedJson(changes)) {
      throw conflict("poolings", `pooling "${name}" is there already, with other changes`);
    }
  }
  const names = known.poolings.map(({ name }) => name);
  return {
    poolings: [...known.poolings, ...asked.poolings.filter(({ name }) => !names.includes(name))],
    rates: [...new Set([...known.rates, ...asked.rates])].toSorted((a, b) => a - b),
    bags: known.bags,
  };
}

export interface NamedBag {
  /** Of a negative bag the same at every rate: it is the same bag. */
  readonly name: string;
  /** The same at every rate. */
  readonly subject: string;
  readonly positive: boolean;
  /** Of the fold's tiles, by place. */
  readonly tiles: readonly number[];
}

/** The bags of one fold at one rate, named. @param tiles of the fold alone: whether each is positive */
export function bagsOfFold(tiles: readonly boolean[], fold: Fold, rate: number, plan: BagPlan): NamedBag[] {
  const seed = randomStream(plan.seed, "witness study", fold).integer(2 ** 31);
  return composeBags(tiles, { rate, tiles: plan.tiles, bags: plan[fold], seed }).map((bag, index) => {
    const subject = `${fold} ${String(index + 1).padStart(4, "0")}`;
    return {
      subject,
      name: bag.positive ? `${subject}, ${rateText(rate)}` : subject,
      positive: bag.positive,
      tiles: bag.tiles,
    };
  });
}
