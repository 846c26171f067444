/**
 * @file Is arm b better than arm a? One definition, used by every comparison.
 *
 * Estimand: the mean over items of the per-item score, averaged over seeds. The interval of the difference comes from
 * paired seed means (t, seeds - 1 degrees of freedom): seeds are what a new training would draw again. The bootstrap over
 * items speaks of these runs only and gives no verdict.
 */
import { DomainError } from "@tessera/domain/errors";
import { type ArmSummary, commonItems, type ScoredArm, summarizeArm } from "./arm.ts";
import { bootstrapMean } from "./bootstrap.ts";
import { detectableEffect, equivalenceProbability, tInterval } from "./studentT.ts";
import { mean, standardDeviation } from "./summary.ts";

export const fewestSeeds = 5;

export interface ComparisonOptions {
  /** Differences smaller than this do not matter; declared before the runs. Null or absent: no test of equivalence. */
  readonly delta?: number | null;
  /**
   * Planned runs of both arms; how many of them have not ended, and how many ended without a score (failed, cancelled).
   * No verdict before all have ended: looking after every seed, and stopping at the first verdict, would find differences
   * that are not there.
   */
  readonly runs?: {
    readonly planned: number;
    readonly pending: number;
    readonly failed: number;
    /** Have ended, but what the score needs of them is not measured in full: no verdict before it is. */
    readonly unmeasured?: number;
  };
  /** False for a score such as a distance: the arm with the lower value is the better one. */
  readonly higherIsBetter?: boolean;
  /** Of the bootstrap. */
  readonly seed?: number;
}

/** Of b against a, the reference. */
export type Verdict = "better" | "worse" | "equivalent" | "undecided";

export interface Comparison {
  /** Both arms on the paired seeds and common items alone. */
  readonly a: ArmSummary;
  readonly b: ArmSummary;
  readonly difference: {
    /** Mean of b minus mean of a. */
    readonly estimate: number;
    readonly low: number | null;
    readonly high: number | null;
    readonly confidence: 0.95;
    /** Items. */
    readonly n: number;
    /** Paired seeds. */
    readonly seeds: number;
    /** Of the paired differences, over seeds; null for one seed. */
    readonly sd: number | null;
  };
  /** null below `fewestSeeds` paired seeds, and while runs are pending. */
  readonly verdict: Verdict | null;
  /** The verdict, or why there is none, as a sentence with its numbers. */
  readonly reason: string;
  /** Two one-sided tests; null without delta or with fewer than `fewestSeeds` seeds. */
  readonly equivalence: { readonly delta: number; readonly p: number; readonly equivalent: boolean } | null;
  /** Smallest true difference that these n and seeds find with 80 % chance; null for one seed. */
  readonly detectable: number | null;
  readonly bootstrap: { readonly low: number; readonly high: number; readonly label: "these runs only" };
  /** Seeds that only one arm has; left out. */
  readonly unpairedSeeds: { readonly a: readonly number[]; readonly b: readonly number[] };
  /** Items left out because a run has no defined score for them. */
  readonly itemsLeftOut: number;
}

export type SeedMeanComparison = Omit<Comparison, "bootstrap">;

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
  const { delta = null, runs = { planned: 0, pending: 0, failed: 0 }, higherIsBetter = true } = options;
  if (delta !== null && !(delta > 0))
    throw new DomainError("BAD_INPUT", `delta: expected a number above 0, got ${delta}`);
  const seedsOf = (arm: ScoredArm) => new Set(arm.runs.map((run) => run.seed));
  const [seedsA, seedsB] = [seedsOf(a), seedsOf(b)];
  const paired = (arm: ScoredArm, other: Set<number>) => ({
    ...arm,
    runs: arm.runs.filter((run) => other.has(run.seed)),
  });
  const [pairedA, pairedB] = [paired(a, seedsB), paired(b, seedsA)];
  if (pairedA.runs.length === 0) {
    throw new DomainError("BAD_INPUT", `${a.name} and ${b.name} have no seed in common; run both with the same seeds`, {
      a: [...seedsA],
      b: [...seedsB],
    });
  }
  const items = commonItems([...pairedA.runs, ...pairedB.runs]);
  const all = new Set([...pairedA.runs, ...pairedB.runs].flatMap((run) => [...run.scores.keys()]));
  const [summaryA, summaryB] = [summarizeArm(pairedA, items), summarizeArm(pairedB, items)];

  const differences = summaryB.seedMeans.map(({ mean: b }, i) => b - summaryA.seedMeans[i]!.mean);
  const sd = standardDeviation(differences);
  const difference = {
    estimate: mean(differences),
    ...tInterval(differences),
    confidence: 0.95 as const,
    n: items.length,
    seeds: differences.length,
    sd,
  };
  const enough = differences.length >= fewestSeeds;
  const p = delta === null || !enough ? null : equivalenceProbability(differences, delta);
  const equivalence = delta === null || p === null ? null : { delta, p, equivalent: p < 0.05 };
  const detectable = sd === null ? null : detectableEffect(sd, differences.length);
  const unpairedSeeds = {
    a: [...seedsA].filter((each) => !seedsB.has(each)),
    b: [...seedsB].filter((each) => !seedsA.has(each)),
  };
  const itemsLeftOut = all.size - items.length;
  const names = { a: a.name, b: b.name, higherIsBetter };
  const judged =
    runs.pending > 0 || (runs.unmeasured ?? 0) > 0 ? notYet(runs) : judge(names, difference, equivalence, detectable);
  const leftOut = leftOutText(runs, unpairedSeeds.a.length + unpairedSeeds.b.length, itemsLeftOut);
  const compared: SeedMeanComparison = {
    a: summaryA,
    b: summaryB,
    difference,
    verdict: judged.verdict,
    reason: [judged.reason, ...leftOut].join(" "),
    equivalence,
    detectable,
    unpairedSeeds,
    itemsLeftOut,
  };
  return { pairs: { a: pairedA, b: pairedB }, items, compared };
}

/** b minus a for each item, averaged over the seeds. */
function itemDifferences({ a, b }: { a: ScoredArm; b: ScoredArm }, items: readonly string[]): number[] {
  const average = (arm: ScoredArm, item: string) => mean(arm.runs.map((run) => run.scores.get(item)!));
  return items.map((item) => average(b, item) - average(a, item));
}

type Judged = Pick<Comparison, "verdict" | "reason">;

const notYet = ({ planned, pending, unmeasured }: NonNullable<ComparisonOptions["runs"]>): Judged => ({
  verdict: null,
  reason:
    pending > 0
      ? `No verdict yet: ${pending} of ${planned} runs of these two arms have not ended.`
      : `No verdict yet: the masks of ${unmeasured} runs of these two arms are not measured in full.`,
});

/** What the numbers are without, a sentence each. */
function leftOutText({ planned, failed }: { planned: number; failed: number }, seeds: number, items: number): string[] {
  const texts: string[] = [];
  if (failed > 0) texts.push(`${failed} of ${planned} runs failed or ${failed === 1 ? "was" : "were"} cancelled.`);
  if (seeds > 0) texts.push(`${seeds === 1 ? "1 seed is" : `${seeds} seeds are`} left out: only one arm has a score.`);
  if (items > 0)
    texts.push(`${items === 1 ? "1 item is" : `${items} items are`} left out: not every run has a defined score.`);
  return texts;
}

const show = (value: number) => value.toFixed(4);

function judge(
  { a: nameA, b: nameB, higherIsBetter }: { a: string; b: string; higherIsBetter: boolean },
  { estimate, low, high, n, seeds }: Comparison["difference"],
  equivalence: Comparison["equivalence"],
  detectable: number | null,
): Judged {
  const sizes = `n = ${n} items, ${seeds} paired ${seeds === 1 ? "seed" : "seeds"}`;
  if (seeds < fewestSeeds || low === null || high === null) {
    const reason = `No verdict: a verdict needs at least ${fewestSeeds} paired seeds, here are ${seeds}. ${nameB} - ${nameA} = ${show(estimate)} (${sizes}).`;
    return { verdict: null, reason };
  }
  const direction = higherIsBetter ? "" : "; lower is better";
  const interval = `95 % interval ${show(low)} to ${show(high)}; ${sizes}${direction}`;
  if (low > 0 || high < 0) {
    const better = low > 0 === higherIsBetter;
    const [winner, loser] = better ? [nameB, nameA] : [nameA, nameB];
    const small = equivalence?.equivalent ? `, though by less than the declared ${equivalence.delta}` : "";
    const reason = `${winner} is better than ${loser}${small}: ${nameB} - ${nameA} = ${show(estimate)} (${interval}).`;
    return { verdict: better ? "better" : "worse", reason };
  }
  if (equivalence?.equivalent) {
    const reason = `Equivalent within ${equivalence.delta}: ${nameB} - ${nameA} = ${show(estimate)} (${interval}; two one-sided tests, p = ${show(equivalence.p)}).`;
    return { verdict: "equivalent", reason };
  }
  const reach = detectable === null ? "" : ` A difference of ${show(detectable)} would be found with 80 % chance.`;
  const reason = `Undecided: ${nameB} - ${nameA} = ${show(estimate)} (${interval}).${reach}`;
  return { verdict: "undecided", reason };
}
