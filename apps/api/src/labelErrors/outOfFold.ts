/** @file What the models of a cross-validated arm said of items that they had not learnt from, whole repeats alone. */
import { DomainError } from "@tessera/domain/errors";
import type { Evaluation } from "@tessera/store/evaluations";
import type { Experiment } from "@tessera/store/experiments";
import { wholeRepeats } from "../crossValidations/pooledRepeats.ts";
import type { Loaders } from "../loaders.ts";

export interface OutOfFold {
  readonly arm: string;
  /** Of each whole repeat its folds' evaluations: together every item once. */
  readonly repeats: readonly (readonly Evaluation[])[];
}

/**
 * Null where the experiment is not cross-validated, and before the first repeat is whole.
 * @param arm null: the first
 * @throws DomainError BAD_INPUT for an arm that the experiment does not have
 */
export async function outOfFold(
  loaders: Loaders,
  experiment: Experiment,
  arm: string | null,
): Promise<OutOfFold | null> {
  const names = experiment.arms.map(({ name }) => name);
  const chosen = arm ?? names[0]!;
  if (!names.includes(chosen)) {
    throw new DomainError("BAD_INPUT", `arm: expected one of ${names.join(", ")}, got "${chosen}"`, { field: "arm" });
  }
  const splits = await loaders.experimentSplits.load(experiment.id);
  const runs = (await loaders.runsOfExperiment.load(experiment.id)).filter((run) => run.arm === chosen);
  const evaluations = await Promise.all(runs.map(({ id }) => loaders.evaluation("test").load(id)));
  const scored = runs.flatMap(({ seed }, at) => (evaluations[at] ? [{ seed, evaluation: evaluations[at] }] : []));
  const repeats = wholeRepeats(scored, splits).map((repeat) => repeat.runs.map(({ evaluation }) => evaluation));
  return repeats.length === 0 ? null : { arm: chosen, repeats };
}
