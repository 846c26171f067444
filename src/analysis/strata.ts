/** @file Scores by size of the region: Dice falls with small regions, so a mean over all sizes hides them. */
import { tInterval } from "./studentT.ts";
import { mean, standardDeviation } from "./summary.ts";

export interface SizedScore {
  /** Truth's share of the image's pixels, 0 to 1. */
  readonly regionShare: number;
  readonly score: number | null;
}

export interface Stratum {
  readonly label: string;
  /** From this share on, up to but without `below`. */
  readonly from: number;
  readonly below: number;
  /** Items with a defined score. */
  readonly n: number;
  readonly mean: number | null;
  /** Over items. */
  readonly sd: number | null;
  /** 95 % t interval over items; null below n = `fewestForInterval`. */
  readonly low: number | null;
  readonly high: number | null;
}

export const fewestForInterval = 10;

const limits = [
  { label: "< 1 %", from: 0, below: 0.01 },
  { label: "1–5 %", from: 0.01, below: 0.05 },
  { label: "5–15 %", from: 0.05, below: 0.15 },
  { label: "15–40 %", from: 0.15, below: 0.4 },
  { label: "≥ 40 %", from: 0.4, below: Number.POSITIVE_INFINITY },
] as const;

/** The label of the stratum that a share is in; null for an item without a region. */
export const stratumOf = (regionShare: number): string | null =>
  regionShare === 0 ? null : (limits.find(({ below }) => regionShare < below)?.label ?? null);

/** All five strata, empty ones too. Items without a region (share 0) have no size and are counted apart. */
export function sizeStrata(items: readonly SizedScore[]): {
  readonly strata: readonly Stratum[];
  readonly withoutRegion: number;
} {
  const strata = limits.map(({ label, from, below }) => {
    const scores = items
      .filter(({ regionShare }) => regionShare > 0 && regionShare >= from && regionShare < below)
      .flatMap(({ score }) => score ?? []);
    return {
      label,
      from,
      below,
      n: scores.length,
      mean: scores.length === 0 ? null : mean(scores),
      sd: standardDeviation(scores),
      ...(scores.length < fewestForInterval ? { low: null, high: null } : tInterval(scores)),
    };
  });
  return { strata, withoutRegion: items.filter((item) => item.regionShare === 0).length };
}
