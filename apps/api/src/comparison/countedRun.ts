/** @file A run with its evaluation, as a comparison takes it. */
import type { EvaluationItem } from "@tessera/store/evaluations";

export interface EvaluatedRun {
  readonly runId: string;
  readonly seed: number;
  readonly evaluationId: string;
}

/** With the stored counts of every item and class of that evaluation. */
export interface CountedRun extends EvaluatedRun {
  readonly items: readonly EvaluationItem[];
}
