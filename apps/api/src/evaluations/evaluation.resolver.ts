import { classificationMetrics } from "@tessera/analysis/classification/metrics";
import { defaultConvention } from "@tessera/analysis/dice";
import type { Evaluation as EvaluationRow } from "@tessera/store/evaluations";
import { Arg, Ctx, FieldResolver, Float, Int, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { connection, pageArgs, pageLimits } from "../graphql/connection.ts";
import { ScoreOrderEnum } from "../graphql/enums.ts";
import { LabelVersion } from "../labelVersions/labelVersion.type.ts";
import { withoutBlind } from "../review/withoutBlind.ts";
import { Evaluation } from "./evaluation.type.ts";
import { EvaluationItemConnection } from "./evaluationItemConnection.type.ts";
import { pageOfScores, type ScoreOrder, scoreSummary, withDice } from "./scores.ts";

const classificationConvention = classificationMetrics
  .map(({ label, convention }) => `${label}: ${convention}`)
  .join(". ");

@Resolver(() => Evaluation)
export class EvaluationResolver {
  @FieldResolver(() => String, {
    description: "How Dice is computed from the counts; of classification, how each metric is",
  })
  convention(@Root() { task }: EvaluationRow) {
    return task === "segmentation" ? defaultConvention.text : classificationConvention;
  }

  @FieldResolver(() => LabelVersion)
  labelVersion(@Root() { labelVersionId }: EvaluationRow, @Ctx() { loaders }: Context) {
    return loaders.labelVersion.load(labelVersionId);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: "Over the items whose Dice is defined; null of classification",
  })
  async meanDice(@Root() { id }: EvaluationRow, @Ctx() { loaders }: Context) {
    return scoreSummary(await loaders.evaluationItems.load(id)).mean;
  }

  @FieldResolver(() => Float, { nullable: true })
  async medianDice(@Root() { id }: EvaluationRow, @Ctx() { loaders }: Context) {
    return scoreSummary(await loaders.evaluationItems.load(id)).median;
  }

  @FieldResolver(() => EvaluationItemConnection, {
    description: "Empty of classification; without items that I am yet to read blind",
  })
  async itemScores(
    @Root() { id, labelVersionId }: EvaluationRow,
    @Arg("first", () => Int, { defaultValue: pageLimits.usual }) first: number,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("order", () => ScoreOrderEnum, { defaultValue: ScoreOrderEnum.WORST_FIRST }) order: ScoreOrder,
    @Ctx() { loaders }: Context,
  ) {
    const page = pageArgs(first, after);
    const rows = await withoutBlind(loaders, labelVersionId, await loaders.evaluationItems.load(id));
    const scores = rows.map(withDice);
    return connection(pageOfScores(scores, page, order), page.after);
  }
}
