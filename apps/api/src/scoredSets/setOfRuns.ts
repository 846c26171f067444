/** @file Which evaluations a scored set is made of: the first scoring of the fold by each of its runs. */
import { DomainError } from "@tessera/domain/errors";
import { armsOfSet, mostRunsOfSet } from "@tessera/domain/scoredSet";
import type { Fold } from "@tessera/domain/words";
import type { Experiment } from "@tessera/store/experiments";
import type { Run } from "@tessera/store/runs";
import type { Context } from "../context.ts";
import { found } from "../graphql/found.ts";
import type { ScoredSet } from "./scoredSet.type.ts";
import type { SetArm, SetRun } from "./setArm.ts";

/** @throws DomainError NOT_FOUND for a run that the team does not have; BAD_INPUT for runs that cannot be one set. */
export async function setOfRuns(context: Context, runIds: readonly string[], fold: Fold): Promise<ScoredSet> {
  if (new Set(runIds).size !== runIds.length || runIds.length === 0 || runIds.length > mostRunsOfSet) {
    const got = `${runIds.length} ids of ${new Set(runIds).size} runs`;
    throw new DomainError("BAD_INPUT", `runIds: expected 1 to ${mostRunsOfSet} runs, each once, got ${got}`, {
      field: "runIds",
    });
  }
  const { loaders } = context;
  const rows = await Promise.all(runIds.map((id) => loaders.run.load(id)));
  const runs = rows.map((row, i) => found(row, "run", runIds[i]!));
  const evaluated = await evaluatedRuns(context, runs, fold);
  const missing = runs.find((run) => !evaluated.some(({ runId }) => runId === run.id));
  if (missing) {
    throw new DomainError(
      "BAD_INPUT",
      `Run "${missing.name}" (${missing.id}) has no evaluation of the ${fold} fold; leave it out or score it`,
      { runId: missing.id, fold },
    );
  }
  return assembledSet(context, evaluated, fold);
}

/** Null before a run of the experiment is scored on this fold, and of one that is cross-validated: its runs are scored on different items. */
export async function setOfExperiment(context: Context, experiment: Experiment, fold: Fold): Promise<ScoredSet | null> {
  if ((await context.loaders.experimentSplits.load(experiment.id)).length > 0) return null;
  const position = new Map(experiment.arms.map((arm, i) => [arm.name, i]));
  const runs = await context.loaders.runsOfExperiment.load(experiment.id);
  const ordered = runs.toSorted((a, b) => (position.get(a.arm) ?? 0) - (position.get(b.arm) ?? 0));
  const evaluated = await evaluatedRuns(context, ordered, fold);
  return evaluated.length === 0 ? null : assembledSet(context, evaluated, fold);
}

/** In the order of `runs`, without those that have not scored the fold. */
async function evaluatedRuns({ loaders }: Context, runs: readonly Run[], fold: Fold): Promise<SetRun[]> {
  const made = runs.map(async (run): Promise<SetRun | null> => {
    const [evaluation, experiment] = await Promise.all([
      loaders.evaluation(fold).load(run.id),
      run.experimentId === null ? null : loaders.experiment.load(run.experimentId),
    ]);
    if (evaluation?.task === "classification") {
      const text = `Run "${run.name}" (${run.id}) classifies: expected runs of segmentation, whose masks are scored together`;
      throw new DomainError("BAD_INPUT", `${text}; see classification of its evaluation, or compare arms`, {
        runId: run.id,
      });
    }
    return (
      evaluation && {
        runId: run.id,
        runName: run.name,
        experimentId: run.experimentId,
        experimentName: experiment?.name ?? null,
        arm: run.arm,
        seed: run.seed,
        labelVersionId: evaluation.labelVersionId,
        splitId: evaluation.splitId,
        size: evaluation.size,
        evaluationId: evaluation.id,
        threshold: evaluation.threshold,
        items: evaluation.items,
      }
    );
  });
  return (await Promise.all(made)).filter((run) => run !== null);
}

async function assembledSet({ loaders }: Context, runs: readonly SetRun[], fold: Fold): Promise<ScoredSet> {
  const arms = armsOfSet(runs);
  const sources = arms.map(async ({ name, runs: ofArm }): Promise<SetArm> => {
    const { experimentId, arm } = ofArm[0]!;
    const planned =
      experimentId === null
        ? (await Promise.all(ofArm.map(({ runId }) => loaders.run.load(runId)))).filter((run) => run !== null)
        : (await loaders.runsOfExperiment.load(experimentId)).filter((run) => run.arm === arm);
    return { name, runs: ofArm, states: planned.map(({ state }) => state) };
  });
  const { experimentId, size, labelVersionId } = runs[0]!;
  const oneExperiment = experimentId !== null && runs.every((run) => run.experimentId === experimentId);
  return {
    fold,
    size,
    labelVersionId,
    arms: arms.map(({ name, runs: ofArm }) => ({
      arm: name,
      seeds: ofArm.length,
      runIds: ofArm.map(({ runId }) => runId),
      thresholds: ofArm.map(({ threshold }) => threshold),
    })),
    sources: await Promise.all(sources),
    equivalenceMargin: oneExperiment
      ? ((await loaders.experiment.load(experimentId))?.equivalenceMargin ?? null)
      : null,
  };
}
