/** @file What a rule found beside the labels: kept with the version, as JSON. Small: nothing of it is per item. */
import type { NoiseCounts } from "../noise/effectiveRate.ts";

export interface ReaderRates {
  readonly reader: string;
  /** Opinions of this reader. */
  readonly opinions: number;
  /** [true category][called category], rows sum to 1. */
  readonly rates: readonly (readonly number[])[];
  /** Per true category: the reader's items that have it, in expectation. */
  readonly items: readonly number[];
}

/** Dawid and Skene's of one question: which class, or whether one class is present (absent, present). */
export interface QuestionModel {
  /** Null: which of exclusive classes. */
  readonly className: string | null;
  readonly prevalence: readonly number[];
  readonly readers: readonly ReaderRates[];
  readonly iterations: number;
  readonly converged: boolean;
}

/** Of masks: a reader against the consensus, over all items and classes. */
export interface ReaderAgainstConsensus {
  readonly reader: string;
  readonly items: number;
  /** Mean over items and classes that have one. */
  readonly dice: number | null;
  /** Of all their pixels together: shared / consensus, and shared / reader's. */
  readonly sensitivity: number | null;
  readonly precision: number | null;
}

export interface RuleResult {
  /** Items with an opinion of some reader that got no label. */
  readonly withoutLabel: number;
  /** Questions whose votes were level; null: the rule knows no ties. */
  readonly ties: number | null;
  /** The true-noise ledger's totals; null: no noise. */
  readonly noise: (NoiseCounts & { readonly dice: number | null }) | null;
  readonly models: readonly QuestionModel[];
  readonly readers: readonly ReaderAgainstConsensus[];
}

export const plainResult: RuleResult = { withoutLabel: 0, ties: null, noise: null, models: [], readers: [] };
