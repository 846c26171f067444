/**
 * @file How fast an arm learns: the steps at which each run's validation score first reaches a target that all arms share.
 *
 *   target = chance + 0.95 (final - chance)
 *
 * `final` is the reference's: the mean over its seeds of the validation score of the checkpoint that is scored on test, which is the
 * best of the run. The best of many noisy validations is a little high, so the target is a little harder than 95 %; it is the same
 * for all arms. A validation in which the score is undefined is as one that was not made.
 */
import { mean } from "../summary.ts";

/** One run's validation score by step. */
export interface SeedCurve {
  readonly seed: number;
  /** Increasing. */
  readonly steps: readonly number[];
  /** NaN and infinities are gaps. */
  readonly values: readonly number[];
}

export const targetShare = 0.95;

export interface Reached {
  readonly seed: number;
  /** Null: censored, not reached by `lastStep`. */
  readonly steps: number | null;
  /** Of the last validation. */
  readonly lastStep: number;
  /** Reached at the first validation already. */
  readonly beforeFirstValidation: boolean;
}

/** Null where the reference has no curve, or does not get above chance: there is nothing to reach. */
export function commonTarget(reference: readonly SeedCurve[], chance: number): number | null {
  const bests = reference.flatMap((curve) => bestOf(curve) ?? []);
  if (bests.length === 0) return null;
  const final = mean(bests);
  return final > chance ? chance + targetShare * (final - chance) : null;
}

function bestOf({ values }: SeedCurve): number | null {
  const defined = values.filter(Number.isFinite);
  return defined.length === 0 ? null : Math.max(...defined);
}

/**
 * The first crossing, on a line between the two validations around it. Before the first validation the line begins at step 0 and
 * chance: the head of every arm is random there.
 * @returns null for a curve without a defined score
 */
export function stepsToTarget({ seed, steps, values }: SeedCurve, target: number, chance: number): Reached | null {
  let [step, value] = [0, chance];
  let validations = 0;
  for (const [place, nextStep] of steps.entries()) {
    const next = values[place]!;
    if (!Number.isFinite(next)) continue;
    validations++;
    if (next >= target) {
      const share = next > value ? (target - value) / (next - value) : 1;
      const reached = step + Math.min(1, Math.max(0, share)) * (nextStep - step);
      return { seed, steps: reached, lastStep: steps.at(-1)!, beforeFirstValidation: validations === 1 };
    }
    [step, value] = [nextStep, next];
  }
  return validations === 0 ? null : { seed, steps: null, lastStep: step, beforeFirstValidation: false };
}
