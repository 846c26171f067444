/** @file The largest batch or bag of which the plan stays below a limit. */
import type { MemoryPlan } from "./plan.ts";

/**
 * @param limitBytes for the whole process
 * @param planOf the plan for a size; it must not shrink as the size grows. Called about log2(most) times.
 * @returns the largest size from 1 to `most` that fits, with its plan; null where not even 1 does
 */
export function largestThatFits(
  limitBytes: number,
  most: number,
  planOf: (size: number) => MemoryPlan,
): { readonly size: number; readonly plan: MemoryPlan } | null {
  let best: { readonly size: number; readonly plan: MemoryPlan } | null = null;
  for (let [low, high] = [1, most]; low <= high; ) {
    const size: number = Math.ceil((low + high) / 2);
    const plan = planOf(size);
    if (plan.peakBytes <= limitBytes) {
      best = { size, plan };
      low = size + 1;
    } else {
      high = size - 1;
    }
  }
  return best;
}
