import { DomainError } from "@tessera/domain/errors";
import type { Fold } from "@tessera/domain/words";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Float, Int, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { FoldEnum } from "../graphql/enums.ts";
import { Needs } from "../graphql/needs.ts";
import { LabelVersion } from "../labelVersions/labelVersion.type.ts";
import type { Loaders } from "../loaders.ts";
import { withoutBlind } from "../review/withoutBlind.ts";
import { assembleContiguity } from "./contiguity.ts";
import { ContiguityBoard } from "./contiguityBoard.type.ts";
import { DiceLedger } from "./diceLedger.type.ts";
import { DroppedPixelCurve } from "./droppedPixelCurve.type.ts";
import { assembleDroppedPixels } from "./droppedPixels.ts";
import { factsOf } from "./facts.ts";
import { assembleLedger } from "./ledger.ts";
import { measuringProgress } from "./measuring.ts";
import { MeasuringProgress } from "./measuringProgress.type.ts";
import { assembleMetrics } from "./metrics.ts";
import { MetricTable } from "./metricTable.type.ts";
import { RegionSizeBoard } from "./regionSizeBoard.type.ts";
import { assembleRegionSizes } from "./regionSizes.ts";
import { ScoredSet } from "./scoredSet.type.ts";
import { runsOf } from "./setArm.ts";
import { boardOf } from "./setFacts.ts";
import { setOfRuns } from "./setOfRuns.ts";

const firstClass = { nullable: true, description: "Null: the first class" } as const;

@Resolver(() => ScoredSet)
export class ScoredSetResolver {
  @Needs("viewer")
  @Query(() => ScoredSet, {
    description: "Evaluations of any runs, foreign ones too, as one set; arms are the runs' arms, in the order given",
  })
  scoredSet(
    @Arg("runIds", () => [GraphQLUUID]) runIds: string[],
    @Arg("fold", () => FoldEnum, { defaultValue: FoldEnum.TEST }) fold: Fold,
    @Ctx() context: Context,
  ) {
    return setOfRuns(context, runIds, fold);
  }

  @FieldResolver(() => LabelVersion, { description: "What the predictions were scored on" })
  labelVersion(@Root() { labelVersionId }: ScoredSet, @Ctx() { loaders }: Context) {
    return loaders.labelVersion.load(labelVersionId);
  }

  @FieldResolver(() => [String], { description: "Of the label schema, in the order of classIndex" })
  classes(@Root() set: ScoredSet, @Ctx() { loaders }: Context) {
    return classesOf(loaders, set);
  }

  @FieldResolver(() => Int, { description: "Scored by at least one run" })
  async items(@Root() set: ScoredSet, @Ctx() context: Context) {
    return (await factsOf(context, set)).items;
  }

  @FieldResolver(() => MeasuringProgress)
  async measuring(@Root() set: ScoredSet, @Ctx() { loaders }: Context) {
    const measurements = await Promise.all(
      runsOf(set.sources).map((run) => loaders.measurement.load(run.evaluationId)),
    );
    return measuringProgress(measurements.filter((each) => each !== null));
  }

  @FieldResolver(() => DiceLedger)
  async ledger(
    @Root() set: ScoredSet,
    @Arg("threshold", () => Float, { nullable: true, description: "0.05, 0.10, … 0.95; null: each run's own" })
    threshold: number | null,
    @Ctx() context: Context,
  ) {
    const facts = await factsOf(context, set);
    return boardOf(facts, ["ledger", threshold ?? null], () => assembleLedger(facts, threshold ?? null));
  }

  @FieldResolver(() => MetricTable)
  async metrics(
    @Root() set: ScoredSet,
    @Arg("reference", () => String, { nullable: true, description: "An arm; null: the first" }) reference:
      | string
      | null,
    @Arg("classIndex", () => Int, {
      nullable: true,
      description: "Null: per item, the mean over the classes where the metric is defined",
    })
    classIndex: number | null,
    @Ctx() context: Context,
  ) {
    const unmeasured = await unmeasuredRuns(context.loaders, set);
    const asked =
      classIndex === null || classIndex === undefined ? null : await checkedClass(context.loaders, set, classIndex);
    const options = { reference: reference ?? null, classIndex: asked, unmeasured };
    const facts = await factsOf(context, set);
    const content = ["metrics", options, set.equivalenceMargin, set.sources.map(({ states }) => states)] as const;
    return boardOf(facts, content, () => assembleMetrics(facts, set, options));
  }

  @FieldResolver(() => RegionSizeBoard)
  async regionSizes(
    @Root() set: ScoredSet,
    @Arg("classIndex", () => Int, firstClass) classIndex: number | null,
    @Ctx() context: Context,
  ) {
    const asked = await checkedClass(context.loaders, set, classIndex ?? 0);
    const facts = await factsOf(context, set);
    const options = { classIndex: asked, size: set.size };
    const board = await boardOf(facts, ["regionSizes", asked], () => assembleRegionSizes(facts, options));
    return { ...board, points: await withoutBlind(context.loaders, set.labelVersionId, board.points) };
  }

  @FieldResolver(() => ContiguityBoard)
  async contiguity(
    @Root() set: ScoredSet,
    @Arg("classIndex", () => Int, firstClass) classIndex: number | null,
    @Ctx() context: Context,
  ) {
    const board = await assembleContiguity(context, set, await checkedClass(context.loaders, set, classIndex ?? 0));
    return { ...board, gallery: await withoutBlind(context.loaders, set.labelVersionId, board.gallery) };
  }

  @FieldResolver(() => [DroppedPixelCurve])
  async droppedPixels(
    @Root() set: ScoredSet,
    @Arg("classIndex", () => Int, firstClass) classIndex: number | null,
    @Ctx() context: Context,
  ) {
    const asked = await checkedClass(context.loaders, set, classIndex ?? 0);
    const facts = await factsOf(context, set);
    return boardOf(facts, ["droppedPixels", asked], () => assembleDroppedPixels(facts, asked));
  }
}

async function classesOf(loaders: Loaders, { labelVersionId }: ScoredSet): Promise<readonly string[]> {
  const version = await loaders.labelVersion.load(labelVersionId);
  return (version && (await loaders.schema.load(version.schemaId)))?.classes ?? [];
}

async function checkedClass(loaders: Loaders, set: ScoredSet, classIndex: number): Promise<number> {
  const classes = await classesOf(loaders, set);
  if (classIndex in classes) return classIndex;
  const expected = classes.map((name, i) => `${i} (${name})`).join(", ");
  throw new DomainError("BAD_INPUT", `classIndex: expected one of ${expected}, got ${classIndex}`, {
    field: "classIndex",
  });
}

/** Per arm: its runs whose masks are not measured in full. */
function unmeasuredRuns(loaders: Loaders, { sources }: ScoredSet): Promise<number[]> {
  return Promise.all(
    sources.map(async ({ runs }) => {
      const measurements = await Promise.all(runs.map((run) => loaders.measurement.load(run.evaluationId)));
      return runs.filter(({ items }, i) => (measurements[i]?.done ?? 0) < items).length;
    }),
  );
}
