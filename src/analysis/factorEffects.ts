/**
 * @file Main effects in a grid of arms: what one level of a factor changes against the factor's reference level.
 *
 * Only arms that differ in that factor alone are set against each other (matched). Within each seed the scores of the matched
 * arms of a side are averaged, item by item; the two sides are then compared as any two arms are: a t interval over paired seeds
 * and compareArms' verdicts. Averaging over the other factors is the main effect of a full grid; an interaction is not seen in it.
 */
import type { ScoredArm, ScoredRun } from "./arm.ts";
import { type ArmDifference, differenceTo } from "./armScore.ts";
import type { ComparisonOptions } from "./comparison.ts";
import { mean } from "./summary.ts";

export type RunCounts = NonNullable<ComparisonOptions["runs"]>;

export interface FactorArm {
  /** Factor -> level. Every arm names the same factors. */
  readonly levels: Readonly<Record<string, string>>;
  readonly scored: ScoredArm;
  readonly runs: RunCounts;
}

export type FactorEffect = ArmDifference & {
  readonly level: string;
  /** Names of the arms that are set against each other: they differ in this factor alone. */
  readonly matched: readonly { readonly arm: string; readonly partner: string }[];
};

/**
 * One effect for each level of `factor` but its reference, the first of `levels`.
 * @param options as compareArms'
 */
export function factorEffects(
  arms: readonly FactorArm[],
  factor: { readonly name: string; readonly levels: readonly string[] },
  options: Pick<ComparisonOptions, "delta" | "higherIsBetter"> = {},
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
      return { level, matched: [], compared: null, reason };
    }
    const sides = [averaged(nameOf(factor.name, reference!), a), averaged(nameOf(factor.name, level), b)] as const;
    const difference = differenceTo(sides[0], sides[1], { ...options, runs: total([...a, ...b]) });
    const matched = pairs.map((pair) => ({ arm: pair.b.scored.name, partner: pair.a.scored.name }));
    return { level, matched, ...difference };
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
    planned: sum(({ planned }) => planned),
    pending: sum(({ pending }) => pending),
    failed: sum(({ failed }) => failed),
    unmeasured: sum(({ unmeasured = 0 }) => unmeasured),
  };
}
