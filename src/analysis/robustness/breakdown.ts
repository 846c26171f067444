/**
 * @file Breakdown point: the noise at which a score has lost half of its distance to chance, on a line between the two levels around it.
 *
 * Each seed has its own, from its own score without noise. A seed whose score never falls so far is censored: it counts with the
 * last level, as in every restricted mean here (`transfer/speedGap.ts`), so the mean is a lower bound and its interval has no upper end.
 */
import { tInterval } from "../studentT.ts";
import { mean } from "../summary.ts";
import type { VerdictOptions } from "../verdict.ts";
import { compareCurves } from "./area.ts";
import type { SeedCurves } from "./curve.ts";

export interface SeedBreakdown {
  readonly seed: number;
  /** Null: not within the levels. */
  readonly at: number | null;
}

export interface Breakdown {
  /** Mean over seeds; at least this where a seed is censored. */
  readonly estimate: number;
  /** 95 % t interval over seeds; null for one seed. */
  readonly low: number | null;
  /** Null too where a seed is censored. */
  readonly high: number | null;
  readonly seeds: number;
  /** How many of them broke down within the levels. */
  readonly reached: number;
  /** The last level: where the censored ones count. */
  readonly last: number;
  readonly perSeed: readonly SeedBreakdown[];
}

/** Null where the score without noise is not above chance: there is nothing to lose. */
export function breakdownPoint(
  x: readonly number[],
  values: readonly number[],
  chance: number,
): { readonly at: number | null } | null {
  const start = values[0]!;
  if (!(start > chance)) return null;
  const half = chance + (start - chance) / 2;
  const after = values.findIndex((value) => value <= half);
  if (after < 0) return { at: null };
  const [above, below] = [values[after - 1]!, values[after]!];
  const share = (above - half) / (above - below);
  return { at: x[after - 1]! + share * (x[after]! - x[after - 1]!) };
}

/** Null without a whole curve, where the metric has no chance level, and where a seed is not above it without noise. */
export function breakdownOf({ x, seeds }: SeedCurves, chance: number | null): Breakdown | null {
  if (chance === null || seeds.length === 0) return null;
  const points = seeds.map(({ seed, values }) => ({ seed, point: breakdownPoint(x, values, chance) }));
  if (points.some(({ point }) => point === null)) return null;
  const perSeed = points.map(({ seed, point }) => ({ seed, at: point!.at }));
  const last = x.at(-1)!;
  const within = perSeed.map(({ at }) => at ?? last);
  const reached = perSeed.filter(({ at }) => at !== null).length;
  const { low, high } = tInterval(within);
  const isCensored = reached < seeds.length;
  return { estimate: mean(within), low, high: isCensored ? null : high, seeds: seeds.length, reached, last, perSeed };
}

/** Arm minus reference, censored seeds with the last level: of what happens within the levels. Higher is better. */
export function compareBreakdowns(
  reference: SeedCurves | null,
  arm: SeedCurves | null,
  chance: number | null,
  runs: VerdictOptions["runs"],
) {
  if (chance === null)
    return { compared: null, reason: "No breakdown point: the metric has no chance level." } as const;
  const valuesOf = ({ x, seeds }: SeedCurves) =>
    seeds.map(({ seed, values }) => {
      const point = breakdownPoint(x, values, chance);
      return { seed, value: point && (point.at ?? x.at(-1)!) };
    });
  const broke = [reference, arm].some((curves) =>
    curves?.seeds.some(({ values }) => breakdownPoint(curves.x, values, chance)?.at !== null),
  );
  if (reference !== null && arm !== null && !broke) {
    return { compared: null, reason: "Neither breaks down within the levels." } as const;
  }
  return compareCurves(reference, arm, valuesOf, { ...(runs && { runs }) });
}
