/**
 * @file The witness rate below which a pooling cannot be told from chance: where its AUC over the rate, on a line over the rate's logarithm,
 * comes down for the last time to the highest AUC that chance alone would reach.
 *
 * Each seed has its own, on the same bags; the interval is over trainings. A seed that is above at every rate, or at the highest is not, is
 * censored: it counts with the lowest or highest rate, and that end of the interval is open (as in `robustness/breakdown.ts`).
 */
import { tInterval } from "../studentT.ts";
import { mean } from "../summary.ts";

/** Two-sided 5 %. */
const z = 1.959964;

/**
 * The AUC that one scoring of a model that knows nothing exceeds in 2.5 % of tests: 1/2 + z √((m + n + 1) / 12mn), for the normal
 * approximation of the rank sum without ties (Mann & Whitney 1947).
 */
export const chanceCeiling = ({ positives, negatives }: { readonly positives: number; readonly negatives: number }) =>
  0.5 + z * Math.sqrt((positives + negatives + 1) / (12 * positives * negatives));

/** "at": within the rates. "below": above the ceiling at every rate. "above": not even at the highest. */
export type SeedLimit =
  | { readonly kind: "at"; readonly rate: number }
  | { readonly kind: "below" | "above"; readonly rate: number };

/** @param rates ascending @param aucs of one seed, one per rate */
export function seedLimit(rates: readonly number[], aucs: readonly number[], ceiling: number): SeedLimit {
  const lost = aucs.findLastIndex((auc) => auc <= ceiling);
  if (lost < 0) return { kind: "below", rate: rates[0]! };
  if (lost === rates.length - 1) return { kind: "above", rate: rates.at(-1)! };
  const share = (ceiling - aucs[lost]!) / (aucs[lost + 1]! - aucs[lost]!);
  const [from, to] = [Math.log(rates[lost]!), Math.log(rates[lost + 1]!)];
  return { kind: "at", rate: Math.exp(from + share * (to - from)) };
}

export interface ChanceLimit {
  /** Geometric mean over seeds, censored ones with the end that they are at. */
  readonly estimate: number;
  /** 95 % t interval of the logarithm over seeds; null for one seed, and where seeds are censored below. */
  readonly low: number | null;
  /** Null for one seed too, and where seeds are censored above. */
  readonly high: number | null;
  readonly seeds: number;
  /** Told from chance at every rate: the limit is lower. */
  readonly below: number;
  /** Not told from chance at the highest rate: the limit is higher. */
  readonly above: number;
}

/** Null without a seed. @param curves by seed, one AUC per rate */
export function chanceLimit(
  rates: readonly number[],
  curves: readonly (readonly number[])[],
  ceiling: number,
): ChanceLimit | null {
  if (curves.length === 0) return null;
  const limits = curves.map((aucs) => seedLimit(rates, aucs, ceiling));
  const logs = limits.map(({ rate }) => Math.log(rate));
  const count = (kind: SeedLimit["kind"]) => limits.filter((each) => each.kind === kind).length;
  const [below, above] = [count("below"), count("above")];
  const { low, high } = tInterval(logs);
  return {
    estimate: Math.exp(mean(logs)),
    low: low === null || below > 0 ? null : Math.exp(low),
    high: high === null || above > 0 ? null : Math.exp(high),
    ...{ seeds: curves.length, below, above },
  };
}
