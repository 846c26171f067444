/** @file The runs that a scored set is made of, each with its evaluation of the set's fold. */
import type { SetCandidate } from "@tessera/domain/scoredSet";
import type { RunState } from "@tessera/domain/words";

export interface SetRun extends SetCandidate {
  readonly evaluationId: string;
  readonly threshold: number;
  /** Items of the evaluation. */
  readonly items: number;
}

export interface SetArm {
  readonly name: string;
  readonly runs: readonly SetRun[];
  /** Of every planned run of the arm, in the set or not: no verdict before all have ended. */
  readonly states: readonly RunState[];
}

export const runsOf = (arms: readonly SetArm[]): SetRun[] => arms.flatMap(({ runs }) => runs);
