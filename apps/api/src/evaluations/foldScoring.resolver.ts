import { macroMean } from "@tessera/analysis/classification/metrics";
import { auc } from "@tessera/analysis/classification/roc";
import type { Fold } from "@tessera/domain/words";
import type { Evaluation } from "@tessera/store/evaluations";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Float, Int, Query, Resolver, Root } from "type-graphql";
import { tableOfEvaluation } from "../classification/tableOfEvaluation.ts";
import type { Context } from "../context.ts";
import { FoldEnum } from "../graphql/enums.ts";
import { Needs } from "../graphql/needs.ts";
import { FoldScoring } from "./foldScoring.type.ts";
import { scoreSummary } from "./scores.ts";

@Resolver(() => FoldScoring)
export class FoldScoringResolver {
  @Needs("viewer")
  @Query(() => [FoldScoring], { description: "Every scoring of a fold by a run, the first one first" })
  foldScorings(
    @Arg("runId", () => GraphQLUUID) runId: string,
    @Arg("fold", () => FoldEnum, { defaultValue: FoldEnum.TEST }) fold: Fold,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.evaluations(fold).load(runId);
  }

  @FieldResolver(() => Float, { nullable: true, description: "Mean Dice over the items that have one, or AUC" })
  async score(@Root() row: Evaluation, @Ctx() { loaders, services, teamId }: Context) {
    if (row.task === "segmentation") return scoreSummary(await loaders.evaluationItems.load(row.id)).mean;
    return services.aucs.get([teamId, row.id], async () => macroMean(await tableOfEvaluation(loaders, row), auc));
  }

  @FieldResolver(() => GraphQLUUID)
  labelVersionId(@Root() row: Evaluation) {
    return row.labelVersionId;
  }

  @FieldResolver(() => Int, { description: "Number of the label version" })
  async labelVersion(@Root() { labelVersionId }: Evaluation, @Ctx() { loaders }: Context) {
    return (await loaders.labelVersion.load(labelVersionId))!.number;
  }

  @FieldResolver(() => String, { description: "How the labels were made" })
  async labels(@Root() { labelVersionId }: Evaluation, @Ctx() { loaders }: Context) {
    return (await loaders.labelVersion.load(labelVersionId))!.rule;
  }
}
