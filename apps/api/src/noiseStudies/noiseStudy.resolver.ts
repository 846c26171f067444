import { expandGrid } from "@tessera/domain/configuration/grid";
import { levelText } from "@tessera/domain/study/noiseFamily";
import { furtherScorings, noiseArms, noiseVersions, refuseTooMany } from "@tessera/domain/study/noiseStudy";
import type { Experiment as ExperimentRow } from "@tessera/store/experiments";
import { GraphQLJSONObject, GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Experiment } from "../experiments/experiment.type.ts";
import { Needs } from "../graphql/needs.ts";
import { askedDesign } from "./askedDesign.ts";
import { CreateNoiseStudyInput } from "./createNoiseStudy.input.ts";
import { NoiseInput } from "./noise.input.ts";
import { noiseBoard } from "./noiseBoard.ts";
import { NoiseMethodInput } from "./noiseMethod.input.ts";
import { NoiseStudyBoard } from "./noiseStudyBoard.type.ts";
import { NoiseStudyPlan } from "./noiseStudyPlan.type.ts";
import { startNoiseStudy } from "./startNoiseStudy.ts";

@Resolver(() => Experiment)
export class NoiseStudyResolver {
  @Needs("viewer")
  @Query(() => NoiseStudyPlan, {
    description:
      "What createNoiseStudy would make and train, per seed; refuses as it does, but does not look for the weights",
  })
  async noiseStudyPlan(
    @Arg("labelVersionId", () => GraphQLUUID) labelVersionId: string,
    @Arg("base", () => GraphQLJSONObject) base: Record<string, unknown>,
    @Arg("methods", () => [NoiseMethodInput]) methods: NoiseMethodInput[],
    @Arg("noises", () => [NoiseInput]) noises: NoiseInput[],
    @Arg("seeds", () => Int, { description: "How many" }) seeds: number,
    @Ctx() context: Context,
  ): Promise<NoiseStudyPlan> {
    const design = await askedDesign(context, { labelVersionId, base, methods, noises, noiseSeed: 0 });
    const arms = noiseArms(design);
    expandGrid(base, arms, [0]);
    refuseTooMany(design, seeds);
    return {
      versions: noiseVersions(design).map(({ noise, model, level }) => `${noise} ${levelText(model, level)}`),
      arms: arms.map(({ name }) => name),
      scoringsPerSeed: furtherScorings(design, arms),
    };
  }

  @Needs("researcher")
  @Mutation(() => Experiment, {
    description:
      "An experiment over methods x training noise x seeds, each run scored on the labels without noise and then on every evaluation noise. Noisy label versions are made by workers; a run is queued as soon as its version is there. Called again under the same name with more methods, noise, levels or seeds it adds what is missing, and tries again what failed of versions and scorings; nothing is taken away",
  })
  createNoiseStudy(@Arg("input", () => CreateNoiseStudyInput) input: CreateNoiseStudyInput, @Ctx() context: Context) {
    return startNoiseStudy(context, input);
  }

  @FieldResolver(() => Boolean)
  async isNoiseStudy(@Root() { id }: ExperimentRow, @Ctx() { loaders }: Context): Promise<boolean> {
    return (await loaders.noiseStudy.load(id)) !== null;
  }

  @FieldResolver(() => NoiseStudyBoard, { nullable: true, description: "Null of an experiment that is no noise study" })
  async noiseStudy(
    @Root() experiment: ExperimentRow,
    @Arg("metric", () => String, {
      nullable: true,
      description:
        "auc, accuracy, ... of classification; dice, iou, precision, sensitivity or volumeError of segmentation. Without: auc or dice",
    })
    metric: string | null,
    @Ctx() context: Context,
  ): Promise<NoiseStudyBoard | null> {
    const study = await context.loaders.noiseStudy.load(experiment.id);
    return study && noiseBoard(context, { experiment, design: study.design, metric: metric ?? null });
  }
}
