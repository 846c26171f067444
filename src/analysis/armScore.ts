/** @file One cell of a table of arms: an arm's mean, and how it differs from the reference, or why nothing can be said. */
import { DomainError } from "@tessera/domain/errors";
import { type ScoredArm, summarizeArm } from "./arm.ts";
import { type ComparisonOptions, compareSeedMeans, type SeedMeanComparison } from "./comparison.ts";
import type { Interval } from "./studentT.ts";

export interface ArmScore extends Interval {
  readonly arm: string;
  /** Mean over items, averaged over seeds; null where no item is scored in every run. */
  readonly mean: number | null;
  /** Over seeds. */
  readonly sd: number | null;
  readonly seeds: number;
  /** With a defined score in every run. */
  readonly items: number;
  /** Items of the runs that are not among them. */
  readonly undefinedItems: number;
}

/** @throws DomainError BAD_INPUT for a doubled seed or a score that is no finite number */
export function armScore(arm: ScoredArm): ArmScore {
  const seeds = arm.runs.length;
  const all = new Set(arm.runs.flatMap(({ scores }) => [...scores.keys()]));
  const isDefined = (item: string) => arm.runs.every(({ scores }) => (scores.get(item) ?? null) !== null);
  if (seeds === 0 || ![...all].some(isDefined)) {
    const nothing = { mean: null, sd: null, low: null, high: null };
    return { arm: arm.name, ...nothing, seeds, items: 0, undefinedItems: all.size };
  }
  const { mean, sd, low, high, n } = summarizeArm(arm);
  return { arm: arm.name, mean, sd, low, high, seeds, items: n, undefinedItems: all.size - n };
}

/** `compared` is null where the arms have no seed or no scored item in common: the reason says so. */
export type ArmDifference =
  | { readonly compared: SeedMeanComparison; readonly reason: string }
  | { readonly compared: null; readonly reason: string };

/** Arm minus reference. @throws DomainError that is not BAD_INPUT */
export function differenceTo(reference: ScoredArm, arm: ScoredArm, options: ComparisonOptions = {}): ArmDifference {
  const waiting = [reference, arm].find(({ runs }) => runs.length === 0);
  if (waiting) return { compared: null, reason: `No comparison yet: ${waiting.name} has no score.` };
  try {
    const compared = compareSeedMeans(reference, arm, options);
    return { compared, reason: compared.reason };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "BAD_INPUT") throw error;
    return { compared: null, reason: `No comparison: ${error.message}` };
  }
}
