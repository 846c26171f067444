import { expandGrid } from "@tessera/domain/configuration/grid";
import { parseSegmentation } from "@tessera/domain/configuration/segmentation";
import { unetFacts } from "@tessera/domain/configuration/unetFacts";
import { studyOf, unetStudyGrid } from "@tessera/domain/study/unetStudy";
import type { Fold } from "@tessera/domain/words";
import type { Experiment as ExperimentRow } from "@tessera/store/experiments";
import { GraphQLJSON, GraphQLJSONObject } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Experiment } from "../experiments/experiment.type.ts";
import { FoldEnum } from "../graphql/enums.ts";
import { Needs } from "../graphql/needs.ts";
import { assembleStudy } from "./assembleStudy.ts";
import { CreateUNetStudyInput } from "./createUNetStudy.input.ts";
import { startUNetStudy } from "./startUNetStudy.ts";
import { studyScores } from "./studyScores.ts";
import { UNetStudyBoard } from "./unetStudyBoard.type.ts";
import { UNetStudyGrid } from "./unetStudyGrid.type.ts";

@Resolver(() => Experiment)
export class UNetStudyResolver {
  @Needs("viewer")
  @Query(() => UNetStudyGrid, {
    description: "What createUNetStudy would train, per seed; refuses as it does. Weights are those for one class",
  })
  unetStudyGrid(
    @Arg("base", () => GraphQLJSONObject) base: Record<string, unknown>,
    @Arg("depths", () => [Int]) depths: number[],
    @Arg("skips", () => [String]) skips: string[],
    @Arg("losses", () => [GraphQLJSON]) losses: unknown[],
  ): UNetStudyGrid {
    const { arms, notes } = unetStudyGrid({ depths, skips, losses });
    const runs = expandGrid(base, arms, [0]);
    return {
      arms: runs.map(({ arm, configuration }) => ({
        name: arm,
        configuration: { ...configuration },
        model: unetFacts(parseSegmentation(configuration).model),
      })),
      notes,
    };
  }

  @Needs("researcher")
  @Mutation(() => Experiment, {
    description:
      "An experiment over depths x skips x losses x seeds, one run each. Called again with the same input it answers the first; another study of the same name is refused",
  })
  createUNetStudy(@Arg("input", () => CreateUNetStudyInput) input: CreateUNetStudyInput, @Ctx() context: Context) {
    return startUNetStudy(context, input);
  }

  @FieldResolver(() => Boolean, { description: "Whether the arms are a grid of depths, skips and losses" })
  isUNetStudy(@Root() { arms, base }: ExperimentRow): boolean {
    return studyOf(arms, base) !== null;
  }

  @FieldResolver(() => UNetStudyBoard, {
    nullable: true,
    description:
      "Null where the arms are no grid of depths, skips and losses. Differences are null before runs are scored",
  })
  async unetStudy(
    @Root() experiment: ExperimentRow,
    @Arg("fold", () => FoldEnum, { defaultValue: FoldEnum.TEST }) fold: Fold,
    @Ctx() context: Context,
  ): Promise<UNetStudyBoard | null> {
    const study = studyOf(experiment.arms, experiment.base);
    if (!study) return null;
    const { labelVersionId, equivalenceMargin } = experiment;
    const version = await context.loaders.labelVersion.load(labelVersionId);
    const schema = version && (await context.loaders.schema.load(version.schemaId));
    const scores = await studyScores(context, experiment, fold);
    return assembleStudy({ study, scores, fold, classes: schema?.classes.length ?? 1, equivalenceMargin });
  }
}
