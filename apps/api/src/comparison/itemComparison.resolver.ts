import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Item } from "../items/item.type.ts";
import { ItemComparison } from "./itemComparison.type.ts";

@Resolver(() => ItemComparison)
export class ItemComparisonResolver {
  @FieldResolver(() => Item)
  item(@Root() { itemId }: ItemComparison, @Ctx() { loaders }: Context) {
    return loaders.item.load(itemId);
  }
}
