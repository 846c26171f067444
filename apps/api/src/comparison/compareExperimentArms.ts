/** @file Which evaluations a comparison is made of: one per run, of two arms of one experiment. */
import { DomainError } from "@tessera/domain/errors";
import type { Fold } from "@tessera/domain/words";
import type { Experiment } from "@tessera/store/experiments";
import type { Context } from "../context.ts";
import { assembleComparison } from "./assemble.ts";
import type { Comparison } from "./comparison.type.ts";
import type { EvaluatedRun } from "./countedRun.ts";

export async function compareExperimentArms(
  { loaders, services, teamId }: Context,
  experiment: Experiment,
  { armA, armB, fold }: { armA: string | null; armB: string | null; fold: Fold },
): Promise<Comparison | null> {
  const names = experiment.arms.map((arm) => arm.name);
  const nameA = checkedArm(names, armA, 0);
  const nameB = checkedArm(names, armB, 1);
  if (nameA === null || nameB === null) return null; // an experiment of one arm compares nothing

  const runs = await loaders.runsOfExperiment.load(experiment.id);
  const evaluated = async (arm: string): Promise<EvaluatedRun[]> => {
    const ofArm = runs.filter((run) => run.arm === arm);
    const evaluations = await Promise.all(ofArm.map((run) => loaders.evaluation(fold).load(run.id)));
    return ofArm.flatMap(({ id, seed }, i) => {
      const evaluation = evaluations[i];
      return evaluation ? [{ runId: id, seed, evaluationId: evaluation.id }] : [];
    });
  };
  const [runsA, runsB] = await Promise.all([evaluated(nameA), evaluated(nameB)]);
  if (runsA.length === 0 || runsB.length === 0) return null;

  const { labelVersionId, equivalenceMargin } = experiment;
  const states = runs.filter(({ arm }) => arm === nameA || arm === nameB).map(({ state }) => state);
  // an evaluation is never updated, so its id stands for its content
  const content = [teamId, nameA, runsA, nameB, runsB, fold, labelVersionId, equivalenceMargin, states];
  return services.comparisons.get(content, async () => {
    const load = (arm: readonly EvaluatedRun[]) =>
      Promise.all(arm.map(async (run) => ({ ...run, items: await loaders.evaluationItems.load(run.evaluationId) })));
    const [scoredA, scoredB] = await Promise.all([load(runsA), load(runsB)]);
    const arms = { a: { name: nameA, runs: scoredA }, b: { name: nameB, runs: scoredB } };
    return assembleComparison({ ...arms, states, fold, labelVersionId, equivalenceMargin });
  });
}

/** The arm asked for, or the one at `position`; null where the experiment has none there. */
function checkedArm(names: readonly string[], asked: string | null, position: 0 | 1): string | null {
  if (asked === null || asked === undefined) return names[position] ?? null;
  if (names.includes(asked)) return asked;
  const field = position === 0 ? "armA" : "armB";
  throw new DomainError("BAD_INPUT", `${field}: expected one of ${names.join(", ")}, got "${asked}"`, { field });
}
