/**
 * @file Is arm b better than arm a, by a score of each item? The verdict is that of `judge`.
 *
 * Estimand: the mean over items of the per-item score, averaged over seeds. The bootstrap over items speaks of these runs
 * only and gives no verdict.
 */
import { type ArmSummary, commonItems, type ScoredArm, summarizeArm } from "./arm.ts";
import { bootstrapMean } from "./bootstrap.ts";
import { pairSeeds, type UnpairedSeeds } from "./pairSeeds.ts";
import { mean } from "./summary.ts";
import { type Judgement, judge, type VerdictOptions } from "./verdict.ts";

export interface ComparisonOptions extends VerdictOptions {
  /** Of the bootstrap. */
  readonly seed?: number;
}

export interface SeedMeanComparison extends Judgement {
  /** Both arms on the paired seeds and common items alone. */
  readonly a: ArmSummary;
  readonly b: ArmSummary;
  /** Seeds that only one arm has; left out. */
  readonly unpairedSeeds: UnpairedSeeds;
  /** Items left out because a run has no defined score for them. */
  readonly itemsLeftOut: number;
}

export interface Comparison extends SeedMeanComparison {
  readonly bootstrap: { readonly low: number; readonly high: number; readonly label: "these runs only" };
}

/**
 * Compares b with a, the reference.
 * @throws DomainError BAD_INPUT when no seed or no scored item is common to both, a seed is doubled within an arm, or
 * delta is not above 0
 */
export function compareArms(a: ScoredArm, b: ScoredArm, options: ComparisonOptions = {}): Comparison {
  const { pairs, items, compared } = comparePairs(a, b, options);
  const { low, high } = bootstrapMean(itemDifferences(pairs, items), { seed: options.seed ?? 0 });
  return { ...compared, bootstrap: { low, high, label: "these runs only" } };
}

/** As `compareArms`, without the bootstrap, which takes most of the time: for tables of many metrics. */
export function compareSeedMeans(a: ScoredArm, b: ScoredArm, options: ComparisonOptions = {}): SeedMeanComparison {
  return comparePairs(a, b, options).compared;
}

function comparePairs(a: ScoredArm, b: ScoredArm, options: ComparisonOptions) {
  const runs = pairSeeds(a, b);
  const pairs = { a: { ...a, runs: runs.a }, b: { ...b, runs: runs.b } };
  const both = [...runs.a, ...runs.b];
  const items = commonItems(both);
  const itemsLeftOut = new Set(both.flatMap((run) => [...run.scores.keys()])).size - items.length;
  const [summaryA, summaryB] = [summarizeArm(pairs.a, items), summarizeArm(pairs.b, items)];
  const leftOut = { seeds: runs.unpaired.a.length + runs.unpaired.b.length, items: itemsLeftOut };
  const judgement = judge(summaryA, summaryB, leftOut, options);
  const compared: SeedMeanComparison = {
    a: summaryA,
    b: summaryB,
    ...judgement,
    unpairedSeeds: runs.unpaired,
    itemsLeftOut,
  };
  return { pairs, items, compared };
}

/** b minus a for each item, averaged over the seeds. */
function itemDifferences({ a, b }: { a: ScoredArm; b: ScoredArm }, items: readonly string[]): number[] {
  const average = (arm: ScoredArm, item: string) => mean(arm.runs.map((run) => run.scores.get(item)!));
  return items.map((item) => average(b, item) - average(a, item));
}
