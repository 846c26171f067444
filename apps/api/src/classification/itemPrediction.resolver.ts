import type { ClassificationPrediction } from "@tessera/store/evaluations";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Item } from "../items/item.type.ts";
import { ItemPrediction } from "./itemPrediction.type.ts";

@Resolver(() => ItemPrediction)
export class ItemPredictionResolver {
  @FieldResolver(() => Item)
  item(@Root() { itemId }: ClassificationPrediction, @Ctx() { loaders }: Context) {
    return loaders.item.load(itemId);
  }
}
