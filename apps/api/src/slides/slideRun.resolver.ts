import type { SlideRunRow } from "@tessera/store/slideRuns";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Item } from "../items/item.type.ts";
import { Run } from "../runs/run.type.ts";
import { SlideRun } from "./slideRun.type.ts";

@Resolver(() => SlideRun)
export class SlideRunResolver {
  @FieldResolver(() => Run)
  run(@Root() { runId }: SlideRunRow, @Ctx() { loaders }: Context) {
    return loaders.run.load(runId);
  }

  @FieldResolver(() => Item)
  bag(@Root() { bagItemId }: SlideRunRow, @Ctx() { loaders }: Context) {
    return loaders.item.load(bagItemId);
  }
}
