/** @file An arm against the first one, repeat by repeat. */
import type { SeedMeanComparison } from "@tessera/analysis/comparison";
import { compareSeedValues, type ValuedArm } from "@tessera/analysis/seedValues";
import type { VerdictOptions } from "@tessera/analysis/verdict";
import { DomainError } from "@tessera/domain/errors";
import { differenceOf } from "../comparison/difference.ts";
import type { Difference } from "../comparison/difference.type.ts";

/** Paired by repeat, which counts as a seed does; the values are of the same items in both arms. */
export function repeatDifference(reference: ValuedArm, arm: ValuedArm, options: VerdictOptions): Difference {
  const waiting = [reference, arm].find(({ runs }) => runs.length === 0);
  if (waiting)
    return differenceOf({ compared: null, reason: `No comparison yet: ${waiting.name} has no whole repeat.` });
  try {
    const compared: SeedMeanComparison = { itemsLeftOut: 0, ...compareSeedValues(reference, arm, options) };
    return differenceOf({ compared, reason: compared.reason });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "BAD_INPUT") throw error;
    return differenceOf({ compared: null, reason: `No comparison: ${error.message}` });
  }
}
