/** @file Two arms of one segmentation experiment in Dice. */
import type { Experiment } from "@tessera/store/experiments";
import type { Context } from "../context.ts";
import { pooledCounts } from "../crossValidations/pooledRepeats.ts";
import { assembleComparison } from "./assemble.ts";
import type { Comparison } from "./comparison.type.ts";
import type { EvaluatedRun } from "./countedRun.ts";
import { evaluatedPair, type PairChoice } from "./evaluatedPair.ts";

/** Null as `evaluatedPair`, and for classification, which has no Dice. */
export async function compareExperimentArms(
  { loaders, services, teamId }: Context,
  experiment: Experiment,
  choice: PairChoice,
): Promise<Comparison | null> {
  const pair = await evaluatedPair(loaders, experiment, choice);
  if (pair === null || pair.task !== "segmentation") return null;

  const { a, b, states } = pair;
  const { fold } = choice;
  const { equivalenceMargin } = experiment;
  const { labelVersionId } = pair;
  // an evaluation is never updated, so its id stands for its content
  const content = [teamId, a.name, a.runs, b.name, b.runs, fold, labelVersionId, equivalenceMargin, states];
  return services.comparisons.get(content, async () => {
    const splits = await loaders.experimentSplits.load(experiment.id);
    const load = async (arm: readonly EvaluatedRun[]) => {
      const items = await Promise.all(arm.map((run) => loaders.evaluationItems.load(run.evaluationId)));
      return pooledCounts(arm.map((run, at) => ({ ...run, items: items[at]! })), splits); // biome-ignore format: one line
    };
    const [scoredA, scoredB] = await Promise.all([load(a.runs), load(b.runs)]);
    const arms = { a: { name: a.name, runs: scoredA }, b: { name: b.name, runs: scoredB } };
    return assembleComparison({ ...arms, states, fold, labelVersionId, equivalenceMargin });
  });
}
