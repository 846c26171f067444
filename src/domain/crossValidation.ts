/** @file Repeated k-fold cross-validation in whole subjects: every item is tested once in each repeat, by a model that never saw it. */
import { createHash } from "node:crypto";
import { DomainError } from "./errors.ts";
import type { Fold } from "./words.ts";

export interface CrossValidated {
  readonly id: string;
  readonly subject: string;
  /** What the folds are to have alike, as the class; "" for all alike. */
  readonly stratum: string;
}

/** One split of the k × repeats. */
export interface FoldSplit {
  /** From 1. */
  readonly repeat: number;
  /** From 1. */
  readonly fold: number;
  /** Of the runs on it: no two splits share one. */
  readonly seed: number;
  readonly items: readonly { readonly id: string; readonly fold: Fold }[];
}

export const crossValidationLimits = { folds: { low: 3, high: 20 }, repeats: { low: 1, high: 20 } } as const;

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

/**
 * In each repeat subjects are ordered anew by sha256("seed:repeat:subject"), stratum by stratum (that of the subject's first item), and
 * dealt to the folds in turn. Fold i tests, the next one validates (choice sees it alone), the others train; where nothing is chosen all but
 * fold i train. The order of the items does not matter.
 *
 * @param validated a fold chooses the checkpoint
 *
 * @throws DomainError BAD_INPUT for a number of folds or repeats out of limits, or fewer subjects than folds
 */
export function crossValidationSplits(
  items: readonly CrossValidated[],
  { folds, repeats, seed }: { readonly folds: number; readonly repeats: number; readonly seed: number },
  validated = true,
): FoldSplit[] {
  check("folds", folds, crossValidationLimits.folds);
  check("repeats", repeats, crossValidationLimits.repeats);
  const strata = new Map<string, string>();
  for (const { subject, stratum } of items.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (!strata.has(subject)) strata.set(subject, stratum);
  }
  if (strata.size < folds) {
    const message = `folds: expected at most as many as there are subjects, got ${folds} folds of ${strata.size} subjects`;
    throw new DomainError("BAD_INPUT", message, { field: "folds" });
  }
  return Array.from({ length: repeats }, (_, index) => index + 1).flatMap((repeat) => {
    const partOf = deal([...strata], folds, `${seed}:${repeat}`);
    return Array.from({ length: folds }, (_, test) => ({
      repeat,
      fold: test + 1,
      seed: seedOf(repeat, test + 1),
      items: items.map(({ id, subject }) => ({
        id,
        fold: roleOf(partOf.get(subject)!, test, validated ? (test + 1) % folds : null),
      })),
    }));
  });
}

/** Of the runs of a repeat and fold; the same in every arm. */
export const seedOf = (repeat: number, fold: number): number => repeat * 100 + fold;

/** Subject to part, 0 to folds - 1. */
function deal(
  subjects: readonly [subject: string, stratum: string][],
  folds: number,
  key: string,
): Map<string, number> {
  const order = subjects
    .map(([subject, stratum]) => ({ subject, stratum, at: hash(`${key}:${subject}`) }))
    .sort((a, b) => (a.stratum === b.stratum ? (a.at < b.at ? -1 : 1) : a.stratum < b.stratum ? -1 : 1));
  return new Map(order.map(({ subject }, place) => [subject, place % folds]));
}

function roleOf(part: number, test: number, validation: number | null): Fold {
  if (part === test) return "test";
  return part === validation ? "validation" : "train";
}

function check(field: string, value: number, { low, high }: { readonly low: number; readonly high: number }): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw new DomainError("BAD_INPUT", `${field}: expected a whole number from ${low} to ${high}, got ${value}`, {
    field,
  });
}
