import { classificationMetrics, macroMean } from "@tessera/analysis/classification/metrics";
import { auc } from "@tessera/analysis/classification/roc";
import type { Evaluation as EvaluationRow } from "@tessera/store/evaluations";
import { Arg, Ctx, FieldResolver, Float, Int, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Evaluation } from "../evaluations/evaluation.type.ts";
import type { ScoreOrder } from "../evaluations/scores.ts";
import { connection, pageArgs, pageLimits } from "../graphql/connection.ts";
import { ScoreOrderEnum } from "../graphql/enums.ts";
import { withoutBlind } from "../review/withoutBlind.ts";
import { ClassificationScores } from "./classificationScores.type.ts";
import { ItemPredictionConnection } from "./itemPredictionConnection.type.ts";
import { pageOfPredictions } from "./pageOfPredictions.ts";
import { scoresOfTable } from "./scoresOfTable.ts";
import { tableOfEvaluation } from "./tableOfEvaluation.ts";

const aucConvention = classificationMetrics.find(({ name }) => name === "auc")!.convention;

/** What an evaluation of classification has beside what every evaluation has. */
@Resolver(() => Evaluation)
export class ClassificationEvaluationResolver {
  @FieldResolver(() => Float, {
    nullable: true,
    description: `Of classification: ${aucConvention}. Null where it is undefined, and of segmentation`,
  })
  auc(@Root() row: EvaluationRow, @Ctx() { loaders, services, teamId }: Context) {
    if (row.task !== "classification") return null;
    // lists ask for it again and again
    return services.aucs.get([teamId, row.id], async () => macroMean(await tableOfEvaluation(loaders, row), auc));
  }

  @FieldResolver(() => ClassificationScores, { nullable: true, description: "Null of segmentation" })
  classification(
    @Root() row: EvaluationRow,
    @Arg("specificity", () => Float, { defaultValue: 0.95 }) specificity: number,
    @Ctx() { loaders, services, teamId }: Context,
  ) {
    if (row.task !== "classification") return null;
    // an evaluation is never updated, so its id stands for its content
    return services.classifications.get([teamId, row.id, specificity], async () =>
      scoresOfTable(await tableOfEvaluation(loaders, row), specificity),
    );
  }

  @FieldResolver(() => ItemPredictionConnection, {
    description: "Of classification, by log loss; else empty. Without items that I am yet to read blind",
  })
  async predictions(
    @Root() row: EvaluationRow,
    @Arg("first", () => Int, { defaultValue: pageLimits.usual }) first: number,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("order", () => ScoreOrderEnum, { defaultValue: ScoreOrderEnum.WORST_FIRST }) order: ScoreOrder,
    @Ctx() { loaders }: Context,
  ) {
    const page = pageArgs(first, after);
    const nothing = { rows: [], cursors: [], endCursor: null, hasNextPage: false, totalCount: 0 };
    if (row.task !== "classification") return connection(nothing, page.after);
    const [predictions, table] = await Promise.all([
      loaders.classificationPredictions.load(row.id),
      tableOfEvaluation(loaders, row),
    ]);
    const shown = await withoutBlind(loaders, row.labelVersionId, predictions);
    return connection(pageOfPredictions({ predictions: shown, table }, page, order), page.after);
  }
}
