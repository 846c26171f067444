/** @file Two arms of one classification experiment in one metric. */
import { classificationMetrics } from "@tessera/analysis/classification/metrics";
import { DomainError } from "@tessera/domain/errors";
import type { Experiment } from "@tessera/store/experiments";
import type { EvaluatedRun } from "../comparison/countedRun.ts";
import { evaluatedPair, type PairChoice } from "../comparison/evaluatedPair.ts";
import type { Context } from "../context.ts";
import { pooledRepeats } from "../crossValidations/pooledRepeats.ts";
import { assembleComparison } from "./assembleComparison.ts";
import type { ClassificationComparison } from "./classificationComparison.type.ts";
import { tabledRuns } from "./tableOfEvaluation.ts";

interface Choice extends PairChoice {
  readonly metric: string;
  readonly specificity: number;
  readonly seed: number | null;
}

/**
 * Null as `evaluatedPair`, and for segmentation.
 * @throws DomainError BAD_INPUT for another metric, a specificity outside 0 to 1, or a seed that not both arms have
 */
export async function compareClassifiers(
  { loaders, services, teamId }: Context,
  experiment: Experiment,
  choice: Choice,
): Promise<ClassificationComparison | null> {
  const { metric: name, specificity, fold, seed } = choice;
  const metric = classificationMetrics.find((each) => each.name === name);
  if (!metric) {
    const names = classificationMetrics.map((each) => each.name).join(", ");
    throw new DomainError("BAD_INPUT", `metric: expected one of ${names}, got "${name}"`, { field: "metric" });
  }
  if (!(specificity >= 0 && specificity <= 1)) {
    const text = `specificity: expected a number from 0 to 1, got ${specificity}`;
    throw new DomainError("BAD_INPUT", text, { field: "specificity" });
  }
  const pair = await evaluatedPair(loaders, experiment, choice);
  if (pair === null || pair.task !== "classification") return null;

  const { a, b, states } = pair;
  const { equivalenceMargin } = experiment;
  const { labelVersionId } = pair;
  // an evaluation is never updated, so its id stands for its content
  const content = [teamId, a, b, fold, name, specificity, seed, labelVersionId, equivalenceMargin, states];
  return services.classificationComparisons.get(content, async () => {
    const splits = await loaders.experimentSplits.load(experiment.id);
    const load = async (runs: readonly EvaluatedRun[]) =>
      pooledRepeats(await tabledRuns(loaders, runs, labelVersionId), splits);
    const [runsA, runsB] = await Promise.all([load(a.runs), load(b.runs)]);
    const arms = { a: { name: a.name, runs: runsA }, b: { name: b.name, runs: runsB } };
    return assembleComparison({ ...arms, metric, specificity, seed, states, fold, equivalenceMargin });
  });
}
