import { witnessesOf } from "@tessera/domain/bags/witnessRate";
import { expandGrid } from "@tessera/domain/configuration/grid";
import { witnessPoolings } from "@tessera/domain/study/witnessPoolings";
import { witnessArms } from "@tessera/domain/study/witnessStudy";
import { folds } from "@tessera/domain/words";
import type { Experiment as ExperimentRow } from "@tessera/store/experiments";
import type { Split as SplitRow } from "@tessera/store/splits";
import { GraphQLJSONObject, GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Float, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Experiment } from "../experiments/experiment.type.ts";
import { Needs } from "../graphql/needs.ts";
import { Split } from "../splits/split.type.ts";
import { askedWitnessDesign } from "./askedWitnessDesign.ts";
import { BagPlanInput } from "./bagPlan.input.ts";
import { CreateWitnessStudyInput } from "./createWitnessStudy.input.ts";
import { startWitnessStudy } from "./startWitnessStudy.ts";
import { witnessBoard } from "./witnessBoard.ts";
import { WitnessStudyBoard } from "./witnessBoard.type.ts";
import { FoldTiles, WitnessPooling, WitnessStudyPlan } from "./witnessPlan.type.ts";
import { WitnessPoolingInput } from "./witnessPooling.input.ts";

@Resolver(() => Experiment)
export class WitnessStudyResolver {
  @Needs("viewer")
  @Query(() => [WitnessPooling], { description: "That the form offers; createWitnessStudy takes others too" })
  witnessPoolings(): readonly WitnessPooling[] {
    return witnessPoolings;
  }

  @Needs("viewer")
  @Query(() => WitnessStudyPlan, { description: "What createWitnessStudy would make and train; refuses as it does" })
  async witnessStudyPlan(
    @Arg("labelVersionId", () => GraphQLUUID) labelVersionId: string,
    @Arg("splitId", () => GraphQLUUID) splitId: string,
    @Arg("base", () => GraphQLJSONObject) base: Record<string, unknown>,
    @Arg("poolings", () => [WitnessPoolingInput]) poolings: WitnessPoolingInput[],
    @Arg("rates", () => [Float]) rates: number[],
    @Arg("bags", () => BagPlanInput) bags: BagPlanInput,
    @Ctx() context: Context,
  ): Promise<WitnessStudyPlan> {
    const design = await askedWitnessDesign(context, { labelVersionId, splitId, base, poolings, rates, bags });
    const arms = witnessArms(design);
    expandGrid(base, arms, [0]);
    const positive = folds.reduce((sum, fold) => sum + Math.floor(design.bags[fold] / 2), 0);
    const all = folds.reduce((sum, fold) => sum + design.bags[fold], 0);
    return {
      arms: arms.map(({ name }) => name),
      witnesses: design.rates.map((rate) => witnessesOf({ rate, tiles: design.bags.tiles })),
      bags: all + (design.rates.length - 1) * positive,
    };
  }

  @Needs("researcher")
  @Mutation(() => Experiment, {
    description:
      "An experiment over witness rates x poolings x seeds, on bags that workers compose anew at each rate of tiles whose own label is known, within the folds of a split; a run is queued as soon as the bags of its rate are there. Called again under the same name with more poolings, rates or seeds it adds what is missing, and tries again what failed of the composing; nothing is taken away",
  })
  createWitnessStudy(
    @Arg("input", () => CreateWitnessStudyInput) input: CreateWitnessStudyInput,
    @Ctx() context: Context,
  ) {
    return startWitnessStudy(context, input);
  }

  @FieldResolver(() => Boolean)
  async isWitnessStudy(@Root() { id }: ExperimentRow, @Ctx() { loaders }: Context): Promise<boolean> {
    return (await loaders.witnessStudy.load(id)) !== null;
  }

  @FieldResolver(() => WitnessStudyBoard, {
    nullable: true,
    description: "Null of an experiment that is no witness study",
  })
  async witnessStudy(@Root() experiment: ExperimentRow, @Ctx() context: Context): Promise<WitnessStudyBoard | null> {
    const study = await context.loaders.witnessStudy.load(experiment.id);
    return study && witnessBoard(context, experiment, study);
  }
}

@Resolver(() => Split)
export class SplitTilesResolver {
  @FieldResolver(() => [FoldTiles], {
    description: "What bags can be composed of; of tiles whose own labels are known",
  })
  async labelledTiles(@Root() { id }: SplitRow, @Ctx() { loaders }: Context): Promise<FoldTiles[]> {
    const has = await loaders.labelledTiles.load(id);
    return folds.flatMap((fold) => has.find((each) => each.fold === fold) ?? []);
  }
}
