import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { LabelVersion } from "../labelVersions/labelVersion.type.ts";
import { Comparison } from "./comparison.type.ts";

@Resolver(() => Comparison)
export class ComparisonResolver {
  @FieldResolver(() => LabelVersion, { description: "What the predictions were scored on" })
  labelVersion(@Root() { labelVersionId }: Comparison, @Ctx() { loaders }: Context) {
    return loaders.labelVersion.load(labelVersionId);
  }
}
