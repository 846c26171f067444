/**
 * @file Is b better than a, the reference? One set of rules, used by every comparison of two arms.
 *
 * The interval of the difference comes from paired seeds (t, seeds - 1 degrees of freedom): seeds are what a new training
 * would draw again. What is compared, a mean over items or a value of a whole run, is the caller's.
 */
import { DomainError } from "@tessera/domain/errors";
import type { ArmSummary } from "./arm.ts";
import { detectableEffect, equivalenceProbability, tInterval } from "./studentT.ts";
import { mean, standardDeviation } from "./summary.ts";

export const fewestSeeds = 5;

export interface VerdictOptions {
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
}

/** Of b against a, the reference. */
export type Verdict = "better" | "worse" | "equivalent" | "undecided";

export interface Judgement {
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
  /** null below `fewestSeeds` paired seeds, and while runs are pending or not measured. */
  readonly verdict: Verdict | null;
  /** The verdict, or why there is none, as a sentence with its numbers. */
  readonly reason: string;
  /** Two one-sided tests; null without delta or with fewer than `fewestSeeds` seeds. */
  readonly equivalence: { readonly delta: number; readonly p: number; readonly equivalent: boolean } | null;
  /** Smallest true difference that these n and seeds find with 80 % chance; null for one seed. */
  readonly detectable: number | null;
}

export interface LeftOut {
  readonly seeds: number;
  readonly items: number;
}

/**
 * @param a the reference; both on the same seeds and items
 * @param leftOut what the arms had besides; said in the reason
 * @throws DomainError BAD_INPUT when delta is not above 0
 */
export function judge(a: ArmSummary, b: ArmSummary, leftOut: LeftOut, options: VerdictOptions = {}): Judgement {
  const { delta = null, runs = { planned: 0, pending: 0, failed: 0 }, higherIsBetter = true } = options;
  if (delta !== null && !(delta > 0))
    throw new DomainError("BAD_INPUT", `delta: expected a number above 0, got ${delta}`);
  const differences = b.seedMeans.map(({ mean }, i) => mean - a.seedMeans[i]!.mean);
  const sd = standardDeviation(differences);
  const seeds = differences.length;
  const difference = {
    estimate: mean(differences),
    ...tInterval(differences),
    confidence: 0.95 as const,
    n: a.n,
    seeds,
    sd,
  };
  const p = delta === null || seeds < fewestSeeds ? null : equivalenceProbability(differences, delta);
  const equivalence = delta === null || p === null ? null : { delta, p, equivalent: p < 0.05 };
  const detectable = sd === null ? null : detectableEffect(sd, seeds);
  const names = { a: a.name, b: b.name, higherIsBetter };
  const waits = runs.pending > 0 || (runs.unmeasured ?? 0) > 0;
  const judged = waits ? notYet(runs) : decide(names, difference, equivalence, detectable);
  const reason = [judged.reason, ...leftOutText(runs, leftOut)].join(" ");
  return { difference, verdict: judged.verdict, reason, equivalence, detectable };
}

type Decided = Pick<Judgement, "verdict" | "reason">;

const notYet = ({ planned, pending, unmeasured }: NonNullable<VerdictOptions["runs"]>): Decided => ({
  verdict: null,
  reason:
    pending > 0
      ? `No verdict yet: ${pending} of ${planned} runs of these two arms have not ended.`
      : `No verdict yet: the masks of ${unmeasured} runs of these two arms are not measured in full.`,
});

/** What the numbers are without, a sentence each. */
function leftOutText({ planned, failed }: NonNullable<VerdictOptions["runs"]>, { seeds, items }: LeftOut): string[] {
  const texts: string[] = [];
  if (failed > 0) texts.push(`${failed} of ${planned} runs failed or ${failed === 1 ? "was" : "were"} cancelled.`);
  if (seeds > 0) texts.push(`${seeds === 1 ? "1 seed is" : `${seeds} seeds are`} left out: only one arm has a score.`);
  if (items > 0)
    texts.push(`${items === 1 ? "1 item is" : `${items} items are`} left out: not every run has a defined score.`);
  return texts;
}

const show = (value: number) => value.toFixed(4);

function decide(
  { a: nameA, b: nameB, higherIsBetter }: { a: string; b: string; higherIsBetter: boolean },
  { estimate, low, high, n, seeds }: Judgement["difference"],
  equivalence: Judgement["equivalence"],
  detectable: number | null,
): Decided {
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
