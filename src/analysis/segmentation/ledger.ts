/** @file The Dice ledger: the same predictions under every convention, and where the order of two arms turns round. */
import { type ArmScore, armScore } from "../armScore.ts";
import { tInterval } from "../studentT.ts";
import { meanAndSd } from "../summary.ts";
import {
  conventionKey,
  conventionName,
  type DiceConvention,
  diceConventions,
  itemDice,
  pooledDice,
  referenceConvention,
} from "./conventions.ts";
import { type ArmOf, type ClassCounts, mapFacts, type RunOf } from "./itemFacts.ts";
import { countsAt, type ThresholdedCounts } from "./thresholds.ts";

export type LedgerArm = ArmOf<ThresholdedCounts>;

export interface LedgerRow extends DiceConvention {
  readonly name: string;
  readonly key: string;
  /** In the order given. */
  readonly arms: readonly ArmScore[];
  /** Names, best first; without arms that have no score. */
  readonly order: readonly string[];
}

/** X is before Y in the order given. */
export interface LedgerSwap {
  readonly convention: string;
  readonly key: string;
  readonly armX: string;
  readonly armY: string;
  /** X minus Y under the reference convention, and under this one: of opposite signs. */
  readonly reference: number;
  readonly difference: number;
}

/** How far apart conventions put one arm. */
export interface LedgerSpread {
  readonly arm: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly lowConvention: string | null;
  readonly highConvention: string | null;
}

export interface ThresholdCurve {
  readonly arm: string;
  readonly thresholds: readonly number[];
  /** Under the reference convention, over the runs that have counts. */
  readonly mean: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

export interface DiceLedger {
  /** Null: each run's own. */
  readonly threshold: number | null;
  /** Reference convention first. */
  readonly rows: readonly LedgerRow[];
  /** Against the first row. */
  readonly swaps: readonly LedgerSwap[];
  readonly spread: readonly LedgerSpread[];
  readonly thresholds: readonly ThresholdCurve[];
  /** Runs without counts at other thresholds; left out where a threshold is asked for. */
  readonly thresholdsMissing: number;
}

/**
 * @param threshold null for each run's own; else one of the counted
 * @throws DomainError BAD_INPUT for a threshold that is not counted, or a doubled seed
 */
export function ledgerOf(arms: readonly LedgerArm[], threshold: number | null = null): DiceLedger {
  const counted = arms.map((arm) => atThreshold(arm, threshold));
  const rows = diceConventions.map((convention): LedgerRow => {
    const scores = counted.map((arm) => scoreUnder(convention, arm));
    const ranked = scores.filter((score) => score.mean !== null).toSorted((a, b) => b.mean! - a.mean!);
    return {
      ...convention,
      name: conventionName(convention),
      key: conventionKey(convention),
      arms: scores,
      order: ranked.map((score) => score.arm),
    };
  });
  return {
    threshold,
    rows,
    swaps: rows.slice(1).flatMap((row) => swapsOf(rows[0]!, row)),
    spread: arms.map(({ name }, i) => spreadOf(name, rows, i)),
    thresholds: arms.flatMap(thresholdCurve),
    thresholdsMissing: arms.flatMap((arm) => arm.runs).filter((run) => !hasThresholds(run)).length,
  };
}

/** The arm's score under a convention: mean, SD and 95 % t interval over seeds. */
export function scoreUnder(convention: DiceConvention, arm: ArmOf<ClassCounts>): ArmScore {
  if (convention.aggregation === "perItem") {
    const runs = arm.runs.map(({ seed, items }) => ({
      seed,
      scores: new Map([...items].map(([item, classes]) => [item, itemDice(classes, convention)])),
    }));
    return armScore({ name: arm.name, runs });
  }
  const scores = arm.runs.flatMap(({ items }) => pooledDice([...items.values()], convention) ?? []);
  const items = new Set(arm.runs.flatMap((run) => [...run.items.keys()])).size;
  return {
    arm: arm.name,
    ...meanAndSd(scores),
    ...tInterval(scores),
    seeds: arm.runs.length,
    items,
    undefinedItems: 0,
  };
}

const hasThresholds = (run: RunOf<ThresholdedCounts>): boolean =>
  [...run.items.values()].every((classes) => classes.every((counts) => counts.thresholds !== null));

/** Without the runs that have no counts there. */
function atThreshold(arm: LedgerArm, threshold: number | null): ArmOf<ClassCounts> {
  if (threshold === null) return arm;
  return mapFacts({ ...arm, runs: arm.runs.filter(hasThresholds) }, (each) => countsAt(each, threshold)!);
}

function swapsOf(reference: LedgerRow, row: LedgerRow): LedgerSwap[] {
  const swaps: LedgerSwap[] = [];
  for (let x = 0; x < row.arms.length; x++) {
    for (let y = x + 1; y < row.arms.length; y++) {
      const [inReference, here] = [differenceIn(reference, x, y), differenceIn(row, x, y)];
      if (inReference === null || here === null || inReference * here >= 0) continue;
      const [armX, armY] = [row.arms[x]!.arm, row.arms[y]!.arm];
      swaps.push({ convention: row.name, key: row.key, armX, armY, reference: inReference, difference: here });
    }
  }
  return swaps;
}

function differenceIn({ arms }: LedgerRow, x: number, y: number): number | null {
  const [a, b] = [arms[x]!.mean, arms[y]!.mean];
  return a === null || b === null ? null : a - b;
}

function spreadOf(arm: string, rows: readonly LedgerRow[], index: number): LedgerSpread {
  const scores = rows.flatMap(({ name, arms }) => {
    const { mean } = arms[index]!;
    return mean === null ? [] : [{ name, mean }];
  });
  const sorted = scores.toSorted((a, b) => a.mean - b.mean);
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  return {
    arm,
    low: lowest?.mean ?? null,
    high: highest?.mean ?? null,
    lowConvention: lowest?.name ?? null,
    highConvention: highest?.name ?? null,
  };
}

/** None for an arm of which no run has counts. */
function thresholdCurve(arm: LedgerArm): ThresholdCurve[] {
  const first = arm.runs.filter(hasThresholds).flatMap((run) => [...run.items.values()].flat())[0];
  if (!first?.thresholds) return [];
  const { thresholds } = first.thresholds;
  const scores = thresholds.map((threshold) => scoreUnder(referenceConvention, atThreshold(arm, threshold)));
  return [
    {
      arm: arm.name,
      thresholds,
      mean: scores.map((score) => score.mean),
      low: scores.map((score) => score.low),
      high: scores.map((score) => score.high),
    },
  ];
}
