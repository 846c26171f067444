import type { SlideResult as SlideResultRow } from "@tessera/store/slideJobs";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { fileUrl } from "../graphql/fileUrl.ts";
import { Item } from "../items/item.type.ts";
import { SlideJob } from "./slideJob.type.ts";
import { SlideResult } from "./slideResult.type.ts";

@Resolver(() => SlideResult)
export class SlideResultResolver {
  @FieldResolver(() => Item)
  slide(@Root() { itemId }: SlideResultRow, @Ctx() { loaders }: Context) {
    return loaders.item.load(itemId);
  }

  @FieldResolver(() => SlideJob)
  job(@Root() { jobId }: SlideResultRow, @Ctx() { loaders }: Context) {
    return loaders.slideJob.load(jobId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Of tiles the manifest (JSON: each tile's place in pixels of level 0), of features the bag (.npy)",
  })
  fileUrl(@Root() { sha256 }: SlideResultRow) {
    return sha256 && fileUrl(sha256);
  }

  @FieldResolver(() => String, { nullable: true, description: "Of tiles: the mask of tissue, over the whole slide" })
  tissueUrl(@Root() { overlaySha256 }: SlideResultRow) {
    return overlaySha256 && fileUrl(overlaySha256);
  }

  @FieldResolver(() => Item, { nullable: true, description: "Of features" })
  bag(@Root() { bagItemId }: SlideResultRow, @Ctx() { loaders }: Context) {
    return bagItemId === null ? null : loaders.item.load(bagItemId);
  }
}
