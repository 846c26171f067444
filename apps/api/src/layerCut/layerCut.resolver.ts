import { DomainError } from "@tessera/domain/errors";
import { blocksOfBase, type LayerCutSource, layerCutArms, layerCutOf } from "@tessera/domain/study/layerCut";
import type { Fold } from "@tessera/domain/words";
import type { Experiment as ExperimentRow } from "@tessera/store/experiments";
import { GraphQLJSONObject } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Experiment } from "../experiments/experiment.type.ts";
import { FoldEnum } from "../graphql/enums.ts";
import { Needs } from "../graphql/needs.ts";
import { startTransferStudy } from "../transferStudies/startTransferStudy.ts";
import { CreateLayerCutStudyInput } from "./createLayerCutStudy.input.ts";
import { layerCutBoard } from "./layerCutBoard.ts";
import { LayerCutBoard } from "./layerCutBoard.type.ts";

@Resolver(() => Experiment)
export class LayerCutResolver {
  @Needs("viewer")
  @Query(() => [String], {
    description:
      "The blocks of a configuration's model in order, which createLayerCutStudy counts: of n blocks it cuts after 1 to n - 1. Refuses the base as it does",
  })
  layerCutBlocks(@Arg("base", () => GraphQLJSONObject) base: Record<string, unknown>): string[] {
    return blocksOfBase(base);
  }

  @Needs("researcher")
  @Mutation(() => Experiment, {
    description:
      "A transfer study whose arms are random weights, the first k blocks of one source for each k, and all of them. Grows as createTransferStudy's does",
  })
  createLayerCutStudy(
    @Arg("input", () => CreateLayerCutStudyInput) input: CreateLayerCutStudyInput,
    @Ctx() context: Context,
  ) {
    const { runId, weightsId, blocks, statistics, ...rest } = input;
    const arms = layerCutArms({
      base: rest.base,
      source: sourceOf(runId, weightsId),
      blocks: blocks ?? [],
      statistics,
    });
    const { trainingFraction } = rest.base;
    const fractions = [typeof trainingFraction === "number" ? trainingFraction : 1];
    return startTransferStudy(context, { ...rest, arms, fractions });
  }

  @FieldResolver(() => LayerCutBoard, {
    nullable: true,
    description: "Null where the arms are no layer cut: random, some first blocks of one source, and its whole encoder",
  })
  async layerCut(
    @Root() experiment: ExperimentRow,
    @Arg("fold", () => FoldEnum, { defaultValue: FoldEnum.TEST }) fold: Fold,
    @Arg("metric", () => String, { defaultValue: "auc", description: "Of classification; segmentation has Dice" })
    metric: string,
    @Ctx() context: Context,
  ): Promise<LayerCutBoard | null> {
    const cut = layerCutOf(experiment.arms, experiment.base);
    return cut && layerCutBoard(context, { experiment, cut, fold, metric });
  }

  @FieldResolver(() => Boolean, { description: "Whether layerCut is not null" })
  isLayerCut(@Root() { arms, base }: ExperimentRow): boolean {
    return layerCutOf(arms, base) !== null;
  }
}

function sourceOf(runId: string | null | undefined, weightsId: string | null | undefined): LayerCutSource {
  if (runId && !weightsId) return { kind: "run", runId };
  if (weightsId && !runId) return { kind: "imported", weightsId };
  const message = `Expected one source, either runId or weightsId, got ${runId ? "both" : "neither"}`;
  throw new DomainError("BAD_INPUT", message, { field: "runId" });
}
