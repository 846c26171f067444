import type { Item as ItemRow } from "@tessera/store/items";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Dataset } from "../datasets/dataset.type.ts";
import { fileUrl } from "../graphql/fileUrl.ts";
import { Needs } from "../graphql/needs.ts";
import { Annotation } from "./annotation.type.ts";
import { Item } from "./item.type.ts";
import { Label } from "./label.type.ts";

@Resolver(() => Item)
export class ItemResolver {
  @Needs("viewer")
  @Query(() => Item, { nullable: true })
  item(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { loaders }: Context) {
    return loaders.item.load(id);
  }

  @FieldResolver(() => Dataset)
  dataset(@Root() { datasetId }: ItemRow, @Ctx() { loaders }: Context) {
    return loaders.dataset.load(datasetId);
  }

  @FieldResolver(() => String, {
    description: "A picture; of a bag its thumbnail, or its features as shades; of a slide its thumbnail",
  })
  imageUrl(@Root() { kind, sha256, thumbnailSha256 }: ItemRow) {
    return fileUrl(kind === "image" ? sha256 : thumbnailSha256);
  }

  @FieldResolver(() => String, {
    description:
      "The item itself: the image's file, the bag as a .npy array [tiles, features], or the slide without its label",
  })
  fileUrl(@Root() { sha256 }: ItemRow) {
    return fileUrl(sha256);
  }

  @FieldResolver(() => String)
  thumbnailUrl(@Root() { thumbnailSha256 }: ItemRow) {
    return fileUrl(thumbnailSha256);
  }

  @FieldResolver(() => Label, { nullable: true, description: "Null where this version labels no such item" })
  async label(
    @Root() { id, width, height }: ItemRow,
    @Arg("labelVersionId", () => GraphQLUUID) labelVersionId: string,
    @Ctx() { loaders }: Context,
  ) {
    const label = await loaders.labels(labelVersionId).load(id);
    return label && { ...label, imagePixels: width * height };
  }

  @FieldResolver(() => [Annotation])
  annotations(@Root() { id }: ItemRow, @Ctx() { loaders }: Context) {
    return loaders.annotations.load(id);
  }
}
