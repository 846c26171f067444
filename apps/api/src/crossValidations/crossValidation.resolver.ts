import { classificationMetrics, metricOfRun } from "@tessera/analysis/classification/metrics";
import { meanAndSd } from "@tessera/analysis/summary";
import { DomainError } from "@tessera/domain/errors";
import type { Experiment as ExperimentRow } from "@tessera/store/experiments";
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { tabledRuns } from "../classification/tableOfEvaluation.ts";
import type { Context } from "../context.ts";
import { Experiment } from "../experiments/experiment.type.ts";
import { scoredLabelVersion } from "../experiments/scoredLabelVersion.ts";
import { Needs } from "../graphql/needs.ts";
import { CreateCrossValidationInput } from "./createCrossValidation.input.ts";
import { CrossValidatedScore } from "./crossValidatedScore.type.ts";
import { CrossValidation } from "./crossValidation.type.ts";
import { pooledRepeats } from "./pooledRepeats.ts";
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
    description: "On the test folds, by arm; empty where the experiment is not cross-validated, and of segmentation",
  })
  async crossValidatedScores(
    @Root() experiment: ExperimentRow,
    @Arg("metric", () => String, { defaultValue: "accuracy", description: "As in classificationComparison" })
    name: string,
    @Ctx() { loaders }: Context,
  ): Promise<CrossValidatedScore[]> {
    const metric = classificationMetrics.find((each) => each.name === name);
    if (!metric) {
      const names = classificationMetrics.map((each) => each.name).join(", ");
      throw new DomainError("BAD_INPUT", `metric: expected one of ${names}, got "${name}"`, { field: "metric" });
    }
    const splits = await loaders.experimentSplits.load(experiment.id);
    if (splits.length === 0) return [];
    const runs = await loaders.runsOfExperiment.load(experiment.id);
    return Promise.all(
      experiment.arms.map(async ({ name: arm }) => {
        const ofArm = runs.filter((run) => run.arm === arm);
        const evaluations = await Promise.all(ofArm.map((run) => loaders.evaluation("test").load(run.id)));
        const scored = ofArm.flatMap(({ id, seed }, i) => {
          const evaluation = evaluations[i];
          return evaluation?.task === "classification" ? [{ runId: id, seed, evaluationId: evaluation.id }] : [];
        });
        const pooled = pooledRepeats(await tabledRuns(loaders, scored, scoredLabelVersion(experiment, "test")), splits);
        const perRepeat = pooled.flatMap(({ table }) => metricOfRun(metric, table, 0.95) ?? []);
        const { mean, sd } = meanAndSd(perRepeat);
        return {
          arm,
          perRepeat,
          mean,
          sd,
          standardError: sd === null ? null : sd / Math.sqrt(perRepeat.length),
          n: pooled[0]?.table.itemIds.length ?? 0,
          runs: ofArm.length,
          runsScored: scored.length,
        };
      }),
    );
  }
}
