import type { Run as RunRow } from "@tessera/store/runs";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Run } from "../runs/run.type.ts";
import { Lineage } from "./lineage.type.ts";
import { lineageOf } from "./lineageOf.ts";

@Resolver(() => Run)
export class LineageOfRunResolver {
  @FieldResolver(() => Lineage)
  lineage(@Root() run: RunRow, @Ctx() context: Context) {
    return lineageOf(context, run);
  }
}
