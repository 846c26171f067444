/**
 * @file Main effects in a grid of arms: what one level of a factor changes against the factor's reference level.
 *
 * Only arms that differ in that factor alone are set against each other (matched). Within each seed the scores of the matched
 * arms of a side are averaged, item by item; the two sides are then compared as any two arms are: a t interval over paired seeds
 * and compareArms' verdicts. Averaging over the other factors is the main effect of a full grid; an interaction is not seen in it.
 */
import { DomainError } from "@tessera/domain/errors";
import type { ScoredArm, ScoredRun } from "./arm.ts";
import { type Comparison, type ComparisonOptions, compareArms } from "./comparison.ts";
import { mean } from "./summary.ts";

/** Planned runs, how many of them have not ended, and how many ended without a score. */
export type RunCounts = NonNullable<ComparisonOptions["runs"]>;

export interface FactorArm {
  /** Factor -> level. Every arm names the same factors. */
  readonly levels: Readonly<Record<string, string>>;
  readonly scored: ScoredArm;
  readonly runs: RunCounts;
}

export interface FactorEffect {
  readonly level: string;
  /** Names of the arms that are set against each other: they differ in this factor alone. */
  readonly matched: readonly { readonly arm: string; readonly partner: string }[];
  /** The level against the reference; null where there is nothing to compare yet. */
  readonly comparison: Comparison | null;
  /** The comparison's reason, or why there is none. */
  readonly reason: string;
}

/**
 * One effect for each level of `factor` but its reference, the first of `levels`.
 * @param delta as compareArms'
 */
export function factorEffects(
  arms: readonly FactorArm[],
  factor: { readonly name: string; readonly levels: readonly string[] },
  { delta = null, seed = 0 }: Pick<ComparisonOptions, "delta" | "seed"> = {},
): FactorEffect[] {
  const [reference, ...others] = factor.levels;
  const at = (level: string | undefined) => arms.filter(({ levels }) => levels[factor.name] === level);
  const othersOf = (arm: FactorArm) =>
    JSON.stringify(Object.entries({ ...arm.levels, [factor.name]: "" }).sort(([a], [b]) => (a < b ? -1 : 1)));
  return others.map((level) => {
    const pairs = at(level).flatMap((b) => {
      const a = at(reference).find((each) => othersOf(each) === othersOf(b));
      return a ? [{ a, b }] : [];
    });
    const [a, b] = [pairs.map((pair) => pair.a), pairs.map((pair) => pair.b)];
    if (pairs.length === 0) {
      const reason = `No comparison: no arm with ${level} has a partner with ${reference} that differs in this alone.`;
      return { level, matched: [], comparison: null, reason };
    }
    const sides = [averaged(nameOf(factor.name, reference!), a), averaged(nameOf(factor.name, level), b)] as const;
    const compared = compareOrReason(sides[0], sides[1], { delta, seed, runs: total([...a, ...b]) });
    const comparison = "difference" in compared ? compared : null;
    const matched = pairs.map((pair) => ({ arm: pair.b.scored.name, partner: pair.a.scored.name }));
    return { level, matched, comparison, reason: compared.reason };
  });
}

const nameOf = (factor: string, level: string) => `${factor} ${level}`;

/** Seeds that every one of `arms` has; an item's score is its mean over them, null where one of them has none. */
function averaged(name: string, arms: readonly FactorArm[]): ScoredArm {
  const [first, ...others] = arms.map(({ scored }) => scored.runs.map((run) => run.seed));
  const seeds = (first ?? []).filter((seed) => others.every((each) => each.includes(seed)));
  return {
    name,
    runs: seeds.map((seed) => {
      const runs = arms.map(({ scored }) => scored.runs.find((run) => run.seed === seed)!);
      const items = new Set(runs.flatMap((run) => [...run.scores.keys()]));
      return { seed, scores: new Map([...items].map((item) => [item, meanOf(runs, item)])) };
    }),
  };
}

function meanOf(runs: readonly ScoredRun[], item: string): number | null {
  const scores = runs.map((run) => run.scores.get(item) ?? null);
  const defined = scores.filter((score) => score !== null);
  return defined.length === scores.length ? mean(defined) : null;
}

function total(arms: readonly FactorArm[]): RunCounts {
  const sum = (of: (runs: RunCounts) => number) => arms.reduce((all, arm) => all + of(arm.runs), 0);
  return {
    planned: sum((runs) => runs.planned),
    pending: sum((runs) => runs.pending),
    failed: sum((runs) => runs.failed),
  };
}

/** While runs are still coming in, the sides may have no seed or no scored item in common yet: said, not failed. */
function compareOrReason(a: ScoredArm, b: ScoredArm, options: ComparisonOptions): Comparison | { reason: string } {
  try {
    return compareArms(a, b, options);
  } catch (error) {
    if (error instanceof DomainError && error.code === "BAD_INPUT")
      return { reason: `No comparison: ${error.message}` };
    throw error;
  }
}
