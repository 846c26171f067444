import { DomainError } from "@tessera/domain/errors";
import type { Fold } from "@tessera/domain/words";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Float, Int, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { FoldEnum } from "../graphql/enums.ts";
import { Needs } from "../graphql/needs.ts";
import { LabelVersion } from "../labelVersions/labelVersion.type.ts";
import { ContiguityBoard } from "./contiguityBoard.type.ts";
import { DiceLedger } from "./diceLedger.type.ts";
import { DroppedPixelCurve } from "./droppedPixelCurve.type.ts";
import { MeasuringProgress } from "./measuringProgress.type.ts";
import { MetricTable } from "./metricTable.type.ts";
import { RegionSizeBoard } from "./regionSizeBoard.type.ts";
import { ScoredSet } from "./scoredSet.type.ts";
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
  async classes(@Root() { labelVersionId }: ScoredSet, @Ctx() { loaders }: Context) {
    const version = await loaders.labelVersion.load(labelVersionId);
    return (version && (await loaders.schema.load(version.schemaId)))?.classes ?? [];
  }

  @FieldResolver(() => Int, { description: "Scored by at least one run" })
  items(): Promise<number> {
    return notYet();
  }

  @FieldResolver(() => MeasuringProgress)
  measuring(): Promise<MeasuringProgress> {
    return notYet();
  }

  @FieldResolver(() => DiceLedger)
  ledger(
    @Arg("threshold", () => Float, { nullable: true, description: "0.05, 0.10, … 0.95; null: each run's own" })
    _threshold: number | null,
  ): Promise<DiceLedger> {
    return notYet();
  }

  @FieldResolver(() => MetricTable)
  metrics(
    @Arg("reference", () => String, { nullable: true, description: "An arm; null: the first" }) _reference:
      | string
      | null,
    @Arg("classIndex", () => Int, {
      nullable: true,
      description: "Null: per item, the mean over the classes where the metric is defined",
    })
    _classIndex: number | null,
  ): Promise<MetricTable> {
    return notYet();
  }

  @FieldResolver(() => RegionSizeBoard)
  regionSizes(@Arg("classIndex", () => Int, firstClass) _classIndex: number | null): Promise<RegionSizeBoard> {
    return notYet();
  }

  @FieldResolver(() => ContiguityBoard)
  contiguity(@Arg("classIndex", () => Int, firstClass) _classIndex: number | null): Promise<ContiguityBoard> {
    return notYet();
  }

  @FieldResolver(() => [DroppedPixelCurve])
  droppedPixels(@Arg("classIndex", () => Int, firstClass) _classIndex: number | null): Promise<DroppedPixelCurve[]> {
    return notYet();
  }
}

async function notYet(): Promise<never> {
  throw new DomainError("UNAVAILABLE", "This board is not assembled yet");
}
