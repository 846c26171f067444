/** @file The runs of an experiment's arms with one Dice per item, as the statistics take them. */

import type { ScoredArm } from "@tessera/analysis/arm";
import type { RunCounts } from "@tessera/analysis/factorEffects";
import type { Fold, RunState } from "@tessera/domain/words";
import type { Experiment } from "@tessera/store/experiments";
import { scoresOf } from "../comparison/assemble.ts";
import type { Context } from "../context.ts";

export interface StudyArmScores {
  readonly scored: ScoredArm;
  readonly runs: RunCounts;
}

/** By the arm's name. Runs without an evaluation of the fold are counted, and have no scores. */
export async function scoredStudyArms(
  { loaders }: Context,
  experiment: Experiment,
  fold: Fold,
): Promise<Map<string, StudyArmScores>> {
  const runs = await loaders.runsOfExperiment.load(experiment.id);
  const scored = await Promise.all(
    runs.map(async (run) => {
      const evaluation = await loaders.evaluation(fold).load(run.id);
      return evaluation && { seed: run.seed, scores: scoresOf(await loaders.evaluationItems.load(evaluation.id)) };
    }),
  );
  return new Map(
    experiment.arms.map(({ name }) => {
      const places = runs.flatMap((run, i) => (run.arm === name ? [i] : []));
      const states = places.map((i) => runs[i]!.state);
      return [name, { scored: { name, runs: places.flatMap((i) => scored[i] ?? []) }, runs: counted(states) }];
    }),
  );
}

function counted(states: readonly RunState[]): RunCounts {
  const count = (...wanted: RunState[]) => states.filter((state) => wanted.includes(state)).length;
  return { planned: states.length, pending: count("queued", "running"), failed: count("failed", "cancelled") };
}
