import type { EvaluationItem as EvaluationItemRow } from "@tessera/store/evaluations";
import { Ctx, FieldResolver, Float, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { fileUrl } from "../graphql/fileUrl.ts";
import { Item } from "../items/item.type.ts";
import { EvaluationItem } from "./evaluationItem.type.ts";
import { diceOfItem } from "./scores.ts";

@Resolver(() => EvaluationItem)
export class EvaluationItemResolver {
  @FieldResolver(() => Item)
  item(@Root() { itemId }: EvaluationItemRow, @Ctx() { loaders }: Context) {
    return loaders.item.load(itemId);
  }

  @FieldResolver(() => Float, { nullable: true, description: "Null where the convention leaves it undefined" })
  dice(@Root() row: EvaluationItemRow) {
    return diceOfItem(row);
  }

  @FieldResolver(() => String, {
    description:
      "PNG of the predicted mask, at the model's size or as a foreign run sent it: 0 and 255, or of several classes 0 and class index + 1",
  })
  predictionUrl(@Root() { predictionSha256 }: EvaluationItemRow) {
    return fileUrl(predictionSha256);
  }
}
