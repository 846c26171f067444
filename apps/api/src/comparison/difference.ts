/** @file The difference of two arms in the shape of the schema, or why there is none. */
import type { ArmDifference } from "@tessera/analysis/armScore";
import type { ComparisonOptions } from "@tessera/analysis/comparison";
import type { RunState } from "@tessera/domain/words";
import type { Difference } from "./difference.type.ts";

export const level = 0.95;

/**
 * What keeps a verdict from being given yet.
 * @param states     of every planned run of the two arms, scored or not
 * @param unmeasured runs whose masks are not measured in full, where the score needs it
 */
export function progressOf(states: readonly RunState[], unmeasured = 0): NonNullable<ComparisonOptions["runs"]> {
  const count = (...wanted: RunState[]) => states.filter((state) => wanted.includes(state)).length;
  return {
    planned: states.length,
    pending: count("queued", "running"),
    failed: count("failed", "cancelled"),
    unmeasured,
  };
}

export function differenceOf({ compared, reason }: ArmDifference): Difference {
  if (compared === null) return { ...none, reason };
  const { difference, verdict, detectable } = compared;
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
