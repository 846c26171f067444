import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { LabelVersion } from "../labelVersions/labelVersion.type.ts";
import { withoutBlind } from "../review/withoutBlind.ts";
import { Comparison } from "./comparison.type.ts";
import { ItemComparison } from "./itemComparison.type.ts";

@Resolver(() => Comparison)
export class ComparisonResolver {
  @FieldResolver(() => LabelVersion, { description: "What the predictions were scored on" })
  labelVersion(@Root() { labelVersionId }: Comparison, @Ctx() { loaders }: Context) {
    return loaders.labelVersion.load(labelVersionId);
  }

  @FieldResolver(() => [ItemComparison], {
    description: "Largest loss first; without items that I am yet to read blind",
  })
  items(@Root() { items, labelVersionId }: Comparison, @Ctx() { loaders }: Context) {
    return withoutBlind(loaders, labelVersionId, items);
  }
}
