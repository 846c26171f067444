import type { BagOriginRow } from "@tessera/store/bagOrigins";
import type { Item as ItemRow } from "@tessera/store/items";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { fileUrl } from "../graphql/fileUrl.ts";
import { Item } from "../items/item.type.ts";
import { BagOrigin } from "./bagOrigin.type.ts";

@Resolver(() => Item)
export class BagOriginOfItemResolver {
  @FieldResolver(() => BagOrigin, {
    nullable: true,
    description: "Of a bag that was made of a slide: which, and where its tiles are",
  })
  bagOrigin(@Root() { id, kind }: ItemRow, @Ctx() { loaders }: Context) {
    return kind === "bag" ? loaders.bagOrigin.load(id) : null;
  }
}

@Resolver(() => BagOrigin)
export class BagOriginResolver {
  @FieldResolver(() => Item)
  slide(@Root() { slideItemId }: BagOriginRow, @Ctx() { loaders }: Context) {
    return loaders.item.load(slideItemId);
  }

  @FieldResolver(() => String, { description: "JSON: each tile's place in pixels of level 0" })
  manifestUrl(@Root() { manifestSha256 }: BagOriginRow) {
    return fileUrl(manifestSha256);
  }
}
