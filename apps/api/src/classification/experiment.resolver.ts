import type { Fold } from "@tessera/domain/words";
import type { Experiment as ExperimentRow } from "@tessera/store/experiments";
import { Arg, Ctx, FieldResolver, Float, Int, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Experiment } from "../experiments/experiment.type.ts";
import { FoldEnum } from "../graphql/enums.ts";
import { ClassificationComparison } from "./classificationComparison.type.ts";
import { compareClassifiers } from "./compareClassifiers.ts";

@Resolver(() => Experiment)
export class ClassificationExperimentResolver {
  @FieldResolver(() => ClassificationComparison, {
    nullable: true,
    description: "Null of segmentation, and before both arms have an evaluated run. Without arms: the first two",
  })
  classificationComparison(
    @Root() experiment: ExperimentRow,
    @Arg("armA", () => String, { nullable: true }) armA: string | null,
    @Arg("armB", () => String, { nullable: true }) armB: string | null,
    @Arg("fold", () => FoldEnum, { defaultValue: FoldEnum.TEST }) fold: Fold,
    @Arg("metric", () => String, {
      defaultValue: "auc",
      description: "By the name that Evaluation.classification has it under",
    })
    metric: string,
    @Arg("specificity", () => Float, { defaultValue: 0.95, description: "Of sensitivityAtSpecificity" })
    specificity: number,
    @Arg("seed", () => Int, { nullable: true, description: "Of aucTests; without: the first that both arms have" })
    seed: number | null,
    @Ctx() context: Context,
  ) {
    return compareClassifiers(context, experiment, { armA, armB, fold, metric, specificity, seed: seed ?? null });
  }
}
