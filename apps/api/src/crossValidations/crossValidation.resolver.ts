import { meanAndSd } from "@tessera/analysis/summary";
import type { Experiment as ExperimentRow } from "@tessera/store/experiments";
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { progressOf } from "../comparison/difference.ts";
import type { Context } from "../context.ts";
import { Experiment } from "../experiments/experiment.type.ts";
import { scoredLabelVersion } from "../experiments/scoredLabelVersion.ts";
import { found } from "../graphql/found.ts";
import { Needs } from "../graphql/needs.ts";
import { CreateCrossValidationInput } from "./createCrossValidation.input.ts";
import { CrossValidatedScore } from "./crossValidatedScore.type.ts";
import { CrossValidation } from "./crossValidation.type.ts";
import { repeatDifference } from "./repeatDifference.ts";
import { repeatScore } from "./repeatScores.ts";
import { startCrossValidation } from "./startCrossValidation.ts";

@Resolver(() => Experiment)
export class CrossValidationResolver {
  @Needs("researcher")
  @Mutation(() => Experiment, {
    description:
      "Freezes folds x repeats splits by subject, and queues one run per arm and split. Called again with the same input it answers the first",
  })
  createCrossValidation(
    @Arg("input", () => CreateCrossValidationInput) input: CreateCrossValidationInput,
    @Ctx() context: Context,
  ) {
    return startCrossValidation(context, input);
  }

  @FieldResolver(() => CrossValidation, { nullable: true, description: "Null: all runs are on one split" })
  async crossValidation(@Root() { id }: ExperimentRow, @Ctx() { loaders }: Context): Promise<CrossValidation | null> {
    const splits = await loaders.experimentSplits.load(id);
    if (splits.length === 0) return null;
    const most = (of: "repeat" | "fold") => Math.max(...splits.map((split) => split[of]));
    return { folds: most("fold"), repeats: most("repeat") };
  }

  @FieldResolver(() => [CrossValidatedScore], {
    nullable: true,
    description: "On the test folds, by arm; empty where the experiment is not cross-validated",
  })
  async crossValidatedScores(
    @Root() experiment: ExperimentRow,
    @Arg("metric", () => String, {
      nullable: true,
      description:
        "As in classificationComparison, without one: accuracy; of segmentation dice alone, the mean over items",
    })
    name: string | null | undefined,
    @Ctx() { loaders }: Context,
  ): Promise<CrossValidatedScore[]> {
    const splits = await loaders.experimentSplits.load(experiment.id);
    if (splits.length === 0) return [];
    const version = found(await loaders.labelVersion.load(experiment.labelVersionId), "label version", experiment.labelVersionId); // biome-ignore format: one line
    const { task } = found(await loaders.schema.load(version.schemaId), "label schema", version.schemaId);
    const score = repeatScore(task, name ?? null);
    const runs = await loaders.runsOfExperiment.load(experiment.id);
    const arms = await Promise.all(
      experiment.arms.map(async ({ name: arm }) => {
        const ofArm = runs.filter((run) => run.arm === arm);
        const evaluations = await Promise.all(ofArm.map((run) => loaders.evaluation("test").load(run.id)));
        const scored = ofArm.flatMap(({ id, seed }, i) => {
          const evaluation = evaluations[i];
          return evaluation ? [{ runId: id, seed, evaluationId: evaluation.id }] : [];
        });
        const repeats = await score.of({ loaders, splits, runs: scored, labelVersionId: scoredLabelVersion(experiment, "test") }); // biome-ignore format: one line
        return { name: arm, runs: repeats, states: ofArm.map(({ state }) => state), runsScored: scored.length };
      }),
    );
    const { higherIsBetter, isHeadline } = score;
    const [reference] = arms;
    return arms.map((arm) => {
      const { name, runs: repeats, states, runsScored } = arm;
      const perRepeat = repeats.flatMap(({ value }) => value ?? []);
      const { mean, sd } = meanAndSd(perRepeat);
      const standardError = sd === null ? null : sd / Math.sqrt(perRepeat.length);
      const delta = isHeadline ? experiment.equivalenceMargin : null;
      const options = { delta, higherIsBetter, runs: progressOf([...reference!.states, ...states]) };
      const difference = arm === reference ? null : repeatDifference(reference!, arm, options);
      const n = repeats[0]?.n ?? 0;
      return { arm: name, perRepeat, mean, sd, standardError, difference, n, runs: states.length, runsScored };
    });
  }
}
