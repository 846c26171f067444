/** @file The difference of two arms in the shape of the schema, or why there is none. */
import type { ScoredArm } from "@tessera/analysis/arm";
import type { ComparisonOptions, SeedMeanComparison } from "@tessera/analysis/comparison";
import { DomainError } from "@tessera/domain/errors";
import type { RunState } from "@tessera/domain/words";
import type { Difference } from "./difference.type.ts";

export const level = 0.95;

export interface NoComparison {
  readonly reason: string;
}

export interface ComparedUnder {
  readonly equivalenceMargin: number | null;
  /** Of every planned run of the two arms, scored or not. */
  readonly states: readonly RunState[];
  readonly higherIsBetter?: boolean;
  /** Runs whose masks are not measured in full, where the score needs it. */
  readonly unmeasured?: number;
}

/** While runs are still coming in, the arms may have no seed or no scored item in common yet: said, not failed. */
export function compareOrReason<Compared>(
  compare: (a: ScoredArm, b: ScoredArm, options: ComparisonOptions) => Compared,
  a: ScoredArm,
  b: ScoredArm,
  { equivalenceMargin, states, higherIsBetter = true, unmeasured = 0 }: ComparedUnder,
): Compared | NoComparison {
  const count = (...wanted: RunState[]) => states.filter((state) => wanted.includes(state)).length;
  const runs = {
    planned: states.length,
    pending: count("queued", "running"),
    failed: count("failed", "cancelled"),
    unmeasured,
  };
  try {
    return compare(a, b, { delta: equivalenceMargin, runs, higherIsBetter });
  } catch (error) {
    if (error instanceof DomainError && error.code === "BAD_INPUT")
      return { reason: `No comparison: ${error.message}` };
    throw error;
  }
}

export function differenceOf(compared: SeedMeanComparison | NoComparison): Difference {
  if (!("difference" in compared)) return { ...none, reason: compared.reason };
  const { difference, verdict, reason, detectable } = compared;
  const { estimate, low, high, n, seeds } = difference;
  return { estimate, low, high, level, seeds, items: n, verdict, reason, detectable };
}

const none: Omit<Difference, "reason"> = {
  estimate: null,
  low: null,
  high: null,
  level,
  seeds: 0,
  items: 0,
  verdict: null,
  detectable: null,
};
