/** @file Counts at another threshold than the run's own, from what is stored of it. */
import { DomainError } from "@tessera/domain/errors";
import type { ThresholdCounts } from "@tessera/domain/measures";
import type { ClassCounts } from "./itemFacts.ts";

export interface ThresholdedCounts extends ClassCounts {
  /** Null for predictions that came as masks, and for evaluations from before these counts were kept. */
  readonly thresholds: ThresholdCounts | null;
}

/**
 * @param threshold null for the run's own
 * @returns null where no counts at other thresholds are stored
 * @throws DomainError BAD_INPUT for a threshold that is not counted
 */
export function countsAt(counts: ThresholdedCounts, threshold: number | null): ClassCounts | null {
  if (threshold === null) return counts;
  if (counts.thresholds === null) return null;
  const { thresholds, truePositives, falsePositives } = counts.thresholds;
  const at = thresholds.findIndex((each) => Math.abs(each - threshold) < 1e-9);
  const [tp, fp] = [truePositives[at], falsePositives[at]];
  if (tp === undefined || fp === undefined) {
    throw new DomainError("BAD_INPUT", `threshold: expected one of ${thresholds.join(", ")}, got ${threshold}`, {
      thresholds: [...thresholds],
    });
  }
  return {
    truePositives: tp,
    falsePositives: fp,
    falseNegatives: counts.truePositives + counts.falseNegatives - tp,
    trueNegatives: counts.falsePositives + counts.trueNegatives - fp,
  };
}
