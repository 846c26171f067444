import type { Fold, RunState } from "@tessera/domain/words";
import { runLogs } from "@tessera/store/logs";
import { listRuns, type Run as RunRow } from "@tessera/store/runs";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Dataset } from "../datasets/dataset.type.ts";
import { Evaluation } from "../evaluations/evaluation.type.ts";
import { Experiment } from "../experiments/experiment.type.ts";
import { headlineSeries } from "../experiments/headlineSeries.ts";
import { connection, pageArgs, pageLimits } from "../graphql/connection.ts";
import { FoldEnum, RunStateEnum } from "../graphql/enums.ts";
import { Needs } from "../graphql/needs.ts";
import { LabelVersion } from "../labelVersions/labelVersion.type.ts";
import { withoutBlind } from "../review/withoutBlind.ts";
import { Split } from "../splits/split.type.ts";
import { Worker } from "../workers/worker.type.ts";
import { Attempt } from "./attempt.type.ts";
import { chartPoints, checkedMaxPoints, checkedNames } from "./chartPoints.ts";
import { Checkpoint } from "./checkpoint.type.ts";
import { LogConnection } from "./logConnection.type.ts";
import { Run } from "./run.type.ts";
import { RunConnection } from "./runConnection.type.ts";
import { RunSample } from "./runSample.type.ts";
import { Series } from "./series.type.ts";
import { SeriesPoints } from "./seriesPoints.type.ts";

@Resolver(() => Run)
export class RunResolver {
  @Needs("viewer")
  @Query(() => RunConnection, { description: "Newest first" })
  async runs(
    @Arg("first", () => Int, { defaultValue: pageLimits.usual }) first: number,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("experimentId", () => GraphQLUUID, { nullable: true }) experimentId: string | null,
    @Arg("state", () => RunStateEnum, { nullable: true }) state: RunState | null,
    @Ctx() { asTeam, teamId }: Context,
  ) {
    const page = pageArgs(first, after);
    const rows = await asTeam((sql) => listRuns(sql, teamId, { page, experimentId, state }));
    return connection(rows, page.after);
  }

  @Needs("viewer")
  @Query(() => Run, { nullable: true })
  run(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { loaders }: Context) {
    return loaders.run.load(id);
  }

  @FieldResolver(() => Experiment, { nullable: true })
  experiment(@Root() { experimentId }: RunRow, @Ctx() { loaders }: Context) {
    return experimentId === null ? null : loaders.experiment.load(experimentId);
  }

  @FieldResolver(() => Dataset, { nullable: true })
  dataset(@Root() { datasetId }: RunRow, @Ctx() { loaders }: Context) {
    return datasetId === null ? null : loaders.dataset.load(datasetId);
  }

  @FieldResolver(() => LabelVersion, { nullable: true })
  labelVersion(@Root() { labelVersionId }: RunRow, @Ctx() { loaders }: Context) {
    return labelVersionId === null ? null : loaders.labelVersion.load(labelVersionId);
  }

  @FieldResolver(() => Split, { nullable: true })
  split(@Root() { splitId }: RunRow, @Ctx() { loaders }: Context) {
    return splitId === null ? null : loaders.split.load(splitId);
  }

  @FieldResolver(() => Run, { nullable: true, description: "Whose best checkpoint gives the starting weights" })
  startingRun(@Root() { startingRunId }: RunRow, @Ctx() { loaders }: Context) {
    return startingRunId === null ? null : loaders.run.load(startingRunId);
  }

  @FieldResolver(() => Worker, { nullable: true, description: "Of the newest attempt" })
  worker(@Root() { workerId }: RunRow, @Ctx() { loaders }: Context) {
    return workerId === null ? null : loaders.worker.load(workerId);
  }

  @FieldResolver(() => [Series])
  async series(@Root() { id }: RunRow, @Ctx() { loaders }: Context) {
    const rows = await loaders.series.load(id);
    return rows.map(({ series, lastStep, lastValue }) => ({ name: series, lastStep, lastValue: finite(lastValue) }));
  }

  @FieldResolver(() => [SeriesPoints], {
    description:
      "Of at most 200 series by name; without names, of all. maxPoints keeps, per series, what a chart of that many points shows: spikes stay",
  })
  async points(
    @Root() { id }: RunRow,
    @Arg("series", () => [String], { nullable: true }) series: string[] | null,
    @Arg("maxPoints", () => Int, { nullable: true }) maxPoints: number | null,
    @Ctx() { loaders }: Context,
  ) {
    const most = checkedMaxPoints(maxPoints);
    const names = checkedNames(series);
    const loaded = await loaders.points(JSON.stringify(names)).load(id);
    const asked = names?.flatMap((name) => loaded.filter((each) => each.series === name));
    return (asked ?? loaded).map((each) => chartPoints(each, most));
  }

  @FieldResolver(() => [RunSample], { description: "By epoch; without items that I am yet to read blind" })
  async samples(@Root() { id, labelVersionId }: RunRow, @Ctx() { loaders }: Context) {
    return withoutBlind(loaders, labelVersionId, await loaders.samples.load(id));
  }

  @FieldResolver(() => [Checkpoint])
  async checkpoints(@Root() { id, configuration }: RunRow, @Ctx() { loaders }: Context) {
    const rows = await loaders.checkpoints.load(id);
    const isDice = headlineSeries(configuration) === "validation/dice";
    return rows.map((row) => ({ ...row, validationDice: isDice ? row.validationScore : null }));
  }

  @FieldResolver(() => [Attempt])
  attempts(@Root() { id }: RunRow, @Ctx() { loaders }: Context) {
    return loaders.attempts.load(id);
  }

  @FieldResolver(() => LogConnection, { description: "Oldest first" })
  async logs(
    @Root() { id }: RunRow,
    @Arg("first", () => Int, { defaultValue: pageLimits.usual }) first: number,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Ctx() { asTeam, teamId }: Context,
  ) {
    const page = pageArgs(first, after);
    return connection(await asTeam((sql) => runLogs(sql, teamId, id, page)), page.after);
  }

  @FieldResolver(() => Evaluation, {
    nullable: true,
    description: "The first scoring of this fold: later ones are no unseen test",
  })
  evaluation(
    @Root() { id }: RunRow,
    @Arg("fold", () => FoldEnum, { defaultValue: FoldEnum.TEST }) fold: Fold,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.evaluation(fold).load(id);
  }
}

const finite = (value: number | null) => (value !== null && Number.isFinite(value) ? value : null);
