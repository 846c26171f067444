/**
 * @file Is arm b better than arm a, by a value of each whole run, such as its AUC, that is no mean over items? The verdict is
 * that of `judge`. Estimand: the value on these items, averaged over seeds.
 */
import { DomainError } from "@tessera/domain/errors";
import { type ArmSummary, summarizeSeeds } from "./arm.ts";
import { pairSeeds, type UnpairedSeeds } from "./pairSeeds.ts";
import { type Judgement, judge, type VerdictOptions } from "./verdict.ts";

export interface ValuedRun {
  readonly seed: number;
  /** Null where it is undefined, as an AUC without a positive item. */
  readonly value: number | null;
  /** Items that the value is of. */
  readonly n: number;
}

export interface ValuedArm {
  readonly name: string;
  readonly runs: readonly ValuedRun[];
}

export interface SeedValueComparison extends Judgement {
  /** Both arms on the paired seeds alone. */
  readonly a: ArmSummary;
  readonly b: ArmSummary;
  /** Seeds for which only one arm has a defined value; left out. */
  readonly unpairedSeeds: UnpairedSeeds;
}

/**
 * Compares b with a, the reference. A run without a defined value is as one that is not there.
 * @throws DomainError BAD_INPUT when no seed has a value in both, a seed is doubled within an arm, a value is not finite, the
 * values are of different numbers of items, or delta is not above 0
 */
export function compareSeedValues(a: ValuedArm, b: ValuedArm, options: VerdictOptions = {}): SeedValueComparison {
  const runs = pairSeeds(defined(a), defined(b));
  const sizes = new Set([...runs.a, ...runs.b].map((run) => run.n));
  if (sizes.size > 1) {
    const text = `Expected values of the same items, got values of ${[...sizes].join(" and ")} items`;
    throw new DomainError("BAD_INPUT", `${text}; compare runs of one split and label version`);
  }
  const n = runs.a[0]!.n;
  const [summaryA, summaryB] = [summarizeSeeds(a.name, runs.a, n), summarizeSeeds(b.name, runs.b, n)];
  const leftOut = { seeds: runs.unpaired.a.length + runs.unpaired.b.length, items: 0 };
  const judgement = judge(summaryA, summaryB, leftOut, options);
  return { a: summaryA, b: summaryB, ...judgement, unpairedSeeds: runs.unpaired };
}

function defined({ name, runs }: ValuedArm) {
  const valued = runs.flatMap(({ seed, value, n }) => (value === null ? [] : [{ seed, mean: value, n }]));
  const wrong = valued.find((run) => !Number.isFinite(run.mean));
  if (wrong) {
    const text = `${name}, seed ${wrong.seed}: expected a finite value or none, got ${wrong.mean}`;
    throw new DomainError("BAD_INPUT", text);
  }
  return { name, runs: valued };
}
