import type { Fold } from "@tessera/domain/words";
import type { Experiment as ExperimentRow } from "@tessera/store/experiments";
import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Experiment } from "../experiments/experiment.type.ts";
import { FoldEnum } from "../graphql/enums.ts";
import { assembleFactorial, gridOf } from "./assembleFactorial.ts";
import { LabelsVersusArchitecture } from "./labelsVersusArchitecture.type.ts";

@Resolver(() => Experiment)
export class LabelsVersusArchitectureResolver {
  @FieldResolver(() => Boolean, { description: "Whether the arms are a grid of label versions and architectures" })
  async isLabelsVersusArchitecture(@Root() experiment: ExperimentRow, @Ctx() context: Context): Promise<boolean> {
    return (await gridOf(context, experiment)) !== null;
  }

  @FieldResolver(() => LabelsVersusArchitecture, {
    nullable: true,
    description:
      "Null where the arms are no grid of label versions and architectures (model, starting weights), or differ in something else too. Refused where the runs are scored on different label versions",
  })
  labelsVersusArchitecture(
    @Root() experiment: ExperimentRow,
    @Arg("fold", () => FoldEnum, { defaultValue: FoldEnum.TEST }) fold: Fold,
    @Arg("metric", () => String, { nullable: true, description: "Null: Dice, or AUC of classification" }) metric:
      | string
      | null,
    @Ctx() context: Context,
  ) {
    return assembleFactorial(context, experiment, fold, metric ?? null);
  }
}
