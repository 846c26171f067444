import type { Item as ItemRow } from "@tessera/store/items";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Item } from "../items/item.type.ts";
import { Slide } from "./slide.type.ts";
import { SlideResult } from "./slideResult.type.ts";
import { SlideRun } from "./slideRun.type.ts";

@Resolver(() => Item)
export class SlideOfItemResolver {
  @FieldResolver(() => Slide, { nullable: true, description: "Null: no slide" })
  async slide(@Root() { id, kind }: ItemRow, @Ctx() { loaders }: Context) {
    const slide = kind === "slide" ? await loaders.slide.load(id) : null;
    return slide && { ...slide, scaleOfTable: slide.scaleOf === "table" };
  }

  @FieldResolver(() => [SlideResult], { description: "Of a slide: what jobs made of it, that of the newest job first" })
  slideResults(@Root() { id, kind }: ItemRow, @Ctx() { loaders }: Context) {
    return kind === "slide" ? loaders.resultsOfSlide.load(id) : [];
  }

  @FieldResolver(() => [SlideRun], {
    description:
      "Of a slide: runs with weights whose split holds a bag of its tiles, newest first. Of these tile maps can be asked",
  })
  slideRuns(@Root() { id, kind }: ItemRow, @Ctx() { loaders }: Context) {
    return kind === "slide" ? loaders.runsOfSlide.load(id) : [];
  }
}
