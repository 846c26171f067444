import { classificationDefaults } from "@tessera/domain/configuration/classification";
import { milDefaults } from "@tessera/domain/configuration/milRun";
import { type RunConfiguration, runProblems } from "@tessera/domain/configuration/run";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import type { Fold } from "@tessera/domain/words";
import { type Experiment as ExperimentRow, listExperiments } from "@tessera/store/experiments";
import { GraphQLJSONObject, GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { compareExperimentArms } from "../comparison/compareExperimentArms.ts";
import { Comparison } from "../comparison/comparison.type.ts";
import type { Context } from "../context.ts";
import { Dataset } from "../datasets/dataset.type.ts";
import { connection, pageArgs, pageLimits } from "../graphql/connection.ts";
import { FoldEnum, RunTaskEnum } from "../graphql/enums.ts";
import { Needs } from "../graphql/needs.ts";
import { LabelVersion } from "../labelVersions/labelVersion.type.ts";
import { Project } from "../projects/project.type.ts";
import { Run } from "../runs/run.type.ts";
import { ScoredSet } from "../scoredSets/scoredSet.type.ts";
import { setOfExperiment } from "../scoredSets/setOfRuns.ts";
import { Split } from "../splits/split.type.ts";
import { summarizeArms } from "./armSummaries.ts";
import { ArmSummary } from "./armSummary.type.ts";
import { ConfigurationProblem } from "./configurationProblem.type.ts";
import { CreateExperimentInput } from "./createExperiment.input.ts";
import { Experiment } from "./experiment.type.ts";
import { ExperimentConnection } from "./experimentConnection.type.ts";
import { headlineSeries } from "./headlineSeries.ts";
import { scoredLabelVersion } from "./scoredLabelVersion.ts";
import { startExperiment } from "./startExperiment.ts";

type RunTask = RunConfiguration["task"];

const defaults = { segmentation: segmentationDefaults, classification: classificationDefaults, mil: milDefaults };

@Resolver(() => Experiment)
export class ExperimentResolver {
  @Needs("viewer")
  @Query(() => ExperimentConnection, { description: "Newest first" })
  async experiments(
    @Arg("first", () => Int, { defaultValue: pageLimits.usual }) first: number,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Ctx() { asTeam, teamId }: Context,
  ) {
    const page = pageArgs(first, after);
    return connection(await asTeam((sql) => listExperiments(sql, teamId, page)), page.after);
  }

  @Needs("viewer")
  @Query(() => Experiment, { nullable: true })
  experiment(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { loaders }: Context) {
    return loaders.experiment.load(id);
  }

  @Needs("viewer")
  @Query(() => GraphQLJSONObject, { description: "A full configuration to start from" })
  defaultConfiguration(@Arg("task", () => RunTaskEnum, { defaultValue: "segmentation" }) task: RunTask) {
    return defaults[task];
  }

  @Needs("viewer")
  @Query(() => [ConfigurationProblem], { description: "Everything wrong with a configuration; empty when it can run" })
  configurationProblems(@Arg("configuration", () => GraphQLJSONObject) configuration: Record<string, unknown>) {
    return runProblems(configuration);
  }

  @Needs("researcher")
  @Mutation(() => Experiment, {
    description: "Queues one run per arm and seed. All are checked first: one bad arm starts nothing",
  })
  createExperiment(@Arg("input", () => CreateExperimentInput) input: CreateExperimentInput, @Ctx() context: Context) {
    return startExperiment(context, input);
  }

  @FieldResolver(() => Project)
  project(@Root() { projectId }: ExperimentRow, @Ctx() { loaders }: Context) {
    return loaders.project.load(projectId);
  }

  @FieldResolver(() => Dataset)
  dataset(@Root() { datasetId }: ExperimentRow, @Ctx() { loaders }: Context) {
    return loaders.dataset.load(datasetId);
  }

  @FieldResolver(() => LabelVersion)
  labelVersion(@Root() { labelVersionId }: ExperimentRow, @Ctx() { loaders }: Context) {
    return loaders.labelVersion.load(labelVersionId);
  }

  @FieldResolver(() => LabelVersion, { description: "What the test fold is scored on" })
  evaluationLabelVersion(@Root() experiment: ExperimentRow, @Ctx() { loaders }: Context) {
    return loaders.labelVersion.load(scoredLabelVersion(experiment, "test"));
  }

  @FieldResolver(() => Split)
  split(@Root() { splitId }: ExperimentRow, @Ctx() { loaders }: Context) {
    return loaders.split.load(splitId);
  }

  @FieldResolver(() => String, { description: "The person's name" })
  async createdBy(@Root() { createdBy }: ExperimentRow, @Ctx() { loaders }: Context) {
    return (await loaders.person.load(createdBy))?.name ?? "somebody who left";
  }

  @FieldResolver(() => [Run], { description: "In the order of arms and seeds" })
  async runs(@Root() { id, arms }: ExperimentRow, @Ctx() { loaders }: Context) {
    const position = new Map(arms.map((arm, i) => [arm.name, i]));
    const runs = await loaders.runsOfExperiment.load(id);
    return runs.toSorted((a, b) => (position.get(a.arm) ?? 0) - (position.get(b.arm) ?? 0) || a.seed - b.seed);
  }

  @FieldResolver(() => [ArmSummary], { description: "Live: from the last values that the runs have now" })
  armSummaries(
    @Root() experiment: ExperimentRow,
    @Arg("metric", () => String, { nullable: true, description: "A series; without: the task's own validation score" })
    metric: string | null,
    @Ctx() { loaders }: Context,
  ) {
    return summarizeArms(loaders, experiment, metric ?? headlineSeries(experiment.base));
  }

  @FieldResolver(() => Comparison, {
    nullable: true,
    description:
      "In Dice. Null of classification, and before both arms have an evaluated run. Without arms: the first two",
  })
  comparison(
    @Root() experiment: ExperimentRow,
    @Arg("armA", () => String, { nullable: true }) armA: string | null,
    @Arg("armB", () => String, { nullable: true }) armB: string | null,
    @Arg("fold", () => FoldEnum, { defaultValue: FoldEnum.TEST }) fold: Fold,
    @Ctx() context: Context,
  ) {
    return compareExperimentArms(context, experiment, { armA, armB, fold });
  }

  @FieldResolver(() => ScoredSet, {
    nullable: true,
    description:
      "Null before a run is scored on this fold, and where the experiment is cross-validated: its runs test different items",
  })
  scoredSet(
    @Root() experiment: ExperimentRow,
    @Arg("fold", () => FoldEnum, { defaultValue: FoldEnum.TEST }) fold: Fold,
    @Ctx() context: Context,
  ) {
    return setOfExperiment(context, experiment, fold);
  }
}
