/** @file A labeller's verdicts against the truth, finding by finding. */
import type { Verdict } from "@tessera/domain/reports/report";

export interface VerdictScores {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  /** Null where the denominator is 0. */
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

/** Of one verdict, each against all others. @param pairs [said, true] */
export function verdictScores(pairs: readonly (readonly [Verdict, Verdict])[], verdict: Verdict): VerdictScores {
  const count = (said: boolean, truth: boolean) =>
    pairs.filter((pair) => (pair[0] === verdict) === said && (pair[1] === verdict) === truth).length;
  const [tp, fp, fn] = [count(true, true), count(true, false), count(false, true)];
  const share = (n: number, of: number) => (of === 0 ? null : n / of);
  return {
    truePositives: tp,
    falsePositives: fp,
    falseNegatives: fn,
    precision: share(tp, tp + fp),
    recall: share(tp, tp + fn),
    f1: share(2 * tp, 2 * tp + fp + fn),
  };
}
