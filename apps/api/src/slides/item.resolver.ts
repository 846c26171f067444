import type { Item as ItemRow } from "@tessera/store/items";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Item } from "../items/item.type.ts";
import { BagSource } from "./bagSource.type.ts";
import { Slide } from "./slide.type.ts";

@Resolver(() => Item)
export class SlideOfItemResolver {
  @FieldResolver(() => Slide, { nullable: true, description: "Null: no slide" })
  async slide(@Root() { id, kind }: ItemRow, @Ctx() { loaders }: Context) {
    const slide = kind === "slide" ? await loaders.slide.load(id) : null;
    return slide && { ...slide, scaleOfTable: slide.scaleOf === "table" };
  }

  @FieldResolver(() => BagSource, { nullable: true, description: "Of a bag that came in a file of its own" })
  bagSource(@Root() { id, kind }: ItemRow, @Ctx() { loaders }: Context) {
    return kind === "bag" ? loaders.bagSource.load(id) : null;
  }
}
