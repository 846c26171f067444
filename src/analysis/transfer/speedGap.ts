/**
 * @file Does an arm learn faster than the reference? The ratio of steps to the common target, on the logarithmic scale: from paired
 * seeds, Student's t with seeds - 1 degrees of freedom, as every difference of two arms.
 *
 * A run that never reached the target is censored: it counts with all the steps that it made, so that the ratio is one of the steps
 * needed within the budget (a restricted mean time, Royston & Parmar 2013, doi:10.1186/1471-2288-13-152, here of logarithms). Arms that
 * are alike are censored alike, so the test keeps its promise; how many reached the target is said beside it, and where the censored
 * runs are of one arm, on which side of the ratio the one without a budget lies.
 */
import { pairSeeds } from "../pairSeeds.ts";
import { detectableEffect, tInterval } from "../studentT.ts";
import { mean, standardDeviation } from "../summary.ts";
import { fewestSeeds, type Verdict, type VerdictOptions } from "../verdict.ts";
import type { Reached } from "./target.ts";

export interface SpeedArm {
  readonly name: string;
  readonly runs: readonly Reached[];
}

export interface SpeedGap {
  /** Steps of the arm ÷ those of the reference, geometric mean; below 1 is faster. Null where no run of either reached the target. */
  readonly ratio: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The ratio again, where only runs of the arm are censored: without a budget it would be at least this. */
  readonly atLeast: number | null;
  /** Likewise where only runs of the reference are: at most this. */
  readonly atMost: number | null;
  /** Paired. */
  readonly seeds: number;
  readonly reached: number;
  readonly reachedByReference: number;
  /** Better is faster. Null below 5 paired seeds, while runs are pending, and where no run reached the target. */
  readonly verdict: Exclude<Verdict, "equivalent"> | null;
  readonly reason: string;
  /** The ratio below 1 that would be found with 80 % chance. */
  readonly detectable: number | null;
}

type Counts = Pick<SpeedGap, "seeds" | "reached" | "reachedByReference">;
type Ratio = Pick<SpeedGap, "ratio" | "low" | "high" | "atLeast" | "atMost" | "detectable">;
interface Names {
  readonly a: string;
  readonly b: string;
}

/** @throws DomainError BAD_INPUT where the arms have no seed in common */
export function speedGap(reference: SpeedArm, arm: SpeedArm, { runs }: Pick<VerdictOptions, "runs"> = {}): SpeedGap {
  const { a, b } = pairSeeds(sorted(reference), sorted(arm));
  const reachedOf = (of: readonly Reached[]) => of.filter(({ steps }) => steps !== null).length;
  const counts = { seeds: a.length, reached: reachedOf(b), reachedByReference: reachedOf(a) };
  const logs = b.map((run, place) => Math.log(within(run) / within(a[place]!)));
  const ratio = ratioOf(logs, counts);
  const names = { a: reference.name, b: arm.name };
  const { verdict, reason } = decide(names, ratio, counts, runs);
  return { ...ratio, ...counts, verdict, reason: [reason, ...censoredText(names, counts)].join(" ") };
}

/** Pairs are by place. */
const sorted = ({ name, runs }: SpeedArm): SpeedArm => ({ name, runs: runs.toSorted((a, b) => a.seed - b.seed) });

const within = ({ steps, lastStep }: Reached): number => steps ?? lastStep;

function ratioOf(logs: readonly number[], { seeds, reached, reachedByReference }: Counts): Ratio {
  if (reached + reachedByReference === 0) {
    return { ratio: null, low: null, high: null, atLeast: null, atMost: null, detectable: null };
  }
  const ratio = Math.exp(mean(logs));
  const { low, high } = tInterval(logs);
  const sd = standardDeviation(logs);
  return {
    ratio,
    low: low === null ? null : Math.exp(low),
    high: high === null ? null : Math.exp(high),
    atLeast: reached < seeds && reachedByReference === seeds ? ratio : null,
    atMost: reached === seeds && reachedByReference < seeds ? ratio : null,
    detectable: sd === null ? null : Math.exp(-detectableEffect(sd, seeds)!),
  };
}

interface Decided {
  readonly verdict: SpeedGap["verdict"];
  readonly reason: string;
}

const show = (ratio: number): string => ratio.toPrecision(3);

function decide({ a, b }: Names, gap: Ratio, { seeds }: Counts, runs: VerdictOptions["runs"]): Decided {
  const { ratio, low, high, detectable } = gap;
  if (runs !== undefined && runs.pending > 0) {
    const reason = `No verdict yet: ${runs.pending} of ${runs.planned} runs of these two arms have not ended.`;
    return { verdict: null, reason };
  }
  if (ratio === null) return { verdict: null, reason: `No verdict: no run of ${a} or ${b} reached the target.` };
  const found = `${b} needs ${show(ratio)} × the steps of ${a}`;
  if (seeds < fewestSeeds || low === null || high === null) {
    const reason = `No verdict: a verdict needs at least ${fewestSeeds} paired seeds, here are ${seeds}. ${found}.`;
    return { verdict: null, reason };
  }
  const interval = `95 % interval ${show(low)} to ${show(high)}; ${seeds} paired seeds`;
  if (high < 1) return { verdict: "better", reason: `${b} is better than ${a} in speed: ${found} (${interval}).` };
  if (low > 1) return { verdict: "worse", reason: `${a} is better than ${b} in speed: ${found} (${interval}).` };
  const reach = detectable === null ? "" : ` A ratio of ${show(detectable)} would be found with 80 % chance.`;
  return { verdict: "undecided", reason: `Undecided in speed: ${found} (${interval}).${reach}` };
}

function censoredText({ a, b }: Names, { seeds, reached, reachedByReference }: Counts): string[] {
  const all = reached === seeds && reachedByReference === seeds;
  if (all || reached + reachedByReference === 0) return [];
  const counts = `${reached} of ${seeds} runs of ${b} reached the target, ${reachedByReference} of ${a}`;
  const side =
    reachedByReference === seeds
      ? ": without a budget the ratio would be larger"
      : reached === seeds
        ? ": without a budget the ratio would be smaller"
        : "";
  return [`${counts}; the others count with all their steps${side}.`];
}
