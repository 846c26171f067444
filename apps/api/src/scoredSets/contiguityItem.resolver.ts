import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Item } from "../items/item.type.ts";
import { ContiguityItem } from "./contiguityItem.type.ts";

@Resolver(() => ContiguityItem)
export class ContiguityItemResolver {
  @FieldResolver(() => Item)
  item(@Root() { itemId }: ContiguityItem, @Ctx() { loaders }: Context) {
    return loaders.item.load(itemId);
  }
}
