/** @file Items by how much their readers differ. */
import { diceOf } from "@tessera/domain/maskPairs";
import { disagreementOf } from "./classAgreement.ts";
import type { ReaderPairFacts } from "./maskAgreement.ts";
import type { ClassOpinions } from "./opinions.ts";

export interface Disagreement {
  readonly itemId: string;
  /** Classes: share of pairs of opinions that differ. Masks: 1 − mean Dice of the pairs of readers. Above 0, at most 1. */
  readonly share: number;
}

/** The most disputed first, equals as they came; what nobody disputes is left out. @param itemIds one per row */
export function disputedClasses(
  { rows, exclusive }: Pick<ClassOpinions, "rows" | "exclusive">,
  itemIds: readonly string[],
): Disagreement[] {
  return ranked(itemIds.map((itemId, at) => ({ itemId, share: disagreementOf(rows[at]!, exclusive) ?? 0 })));
}

/** As of classes; a pair that both left empty agrees. */
export function disputedMasks(facts: readonly (ReaderPairFacts & { readonly itemId: string })[]): Disagreement[] {
  const items = Map.groupBy(facts, ({ itemId }) => itemId);
  const share = (rows: readonly ReaderPairFacts[]) =>
    rows.reduce((sum, row) => sum + 1 - (diceOf(row) ?? 1), 0) / rows.length;
  return ranked([...items].map(([itemId, rows]) => ({ itemId, share: share(rows) })));
}

const ranked = (all: readonly Disagreement[]) =>
  all.filter(({ share }) => share > 0).toSorted((a, b) => b.share - a.share);
