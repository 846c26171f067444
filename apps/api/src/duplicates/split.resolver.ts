import type { Split as SplitRow } from "@tessera/store/splits";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Split } from "../splits/split.type.ts";
import { splitLeakage } from "./splitLeakage.ts";
import { SplitLeakage } from "./splitLeakage.type.ts";

@Resolver(() => Split)
export class LeakageOfSplitResolver {
  @FieldResolver(() => SplitLeakage)
  leakage(
    @Root() split: SplitRow,
    @Arg("labelVersionId", () => GraphQLUUID, { nullable: true }) labelVersionId: string | null,
    @Ctx() context: Context,
  ) {
    return splitLeakage(context, split, labelVersionId);
  }
}
