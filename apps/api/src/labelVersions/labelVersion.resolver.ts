import { shareHistogram } from "@tessera/analysis/shareHistogram";
import { regionSizes } from "@tessera/store/items";
import type { LabelVersion as LabelVersionRow } from "@tessera/store/labelVersions";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Dataset } from "../datasets/dataset.type.ts";
import { Needs } from "../graphql/needs.ts";
import { LabelSchema } from "./labelSchema.type.ts";
import { LabelVersion } from "./labelVersion.type.ts";
import { RegionSizeHistogram } from "./regionSizeHistogram.type.ts";

@Resolver(() => LabelVersion)
export class LabelVersionResolver {
  @Needs("viewer")
  @Query(() => LabelVersion, { nullable: true })
  labelVersion(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { loaders }: Context) {
    return loaders.labelVersion.load(id);
  }

  @FieldResolver(() => Dataset)
  dataset(@Root() { datasetId }: LabelVersionRow, @Ctx() { loaders }: Context) {
    return loaders.dataset.load(datasetId);
  }

  @FieldResolver(() => [String], { description: "Of the label schema, in the order of classIndex" })
  async classes(@Root() { schemaId }: LabelVersionRow, @Ctx() { loaders }: Context) {
    return (await loaders.schema.load(schemaId))?.classes ?? [];
  }

  @FieldResolver(() => LabelSchema)
  schema(@Root() { schemaId }: LabelVersionRow, @Ctx() { loaders }: Context) {
    return loaders.schema.load(schemaId);
  }

  @FieldResolver(() => LabelVersion, { nullable: true })
  parent(@Root() { parentId }: LabelVersionRow, @Ctx() { loaders }: Context) {
    return parentId === null ? null : loaders.labelVersion.load(parentId);
  }

  @FieldResolver(() => RegionSizeHistogram)
  async regionSizes(@Root() { id }: LabelVersionRow, @Ctx() { asTeam, teamId }: Context) {
    const sizes = await asTeam((sql) => regionSizes(sql, teamId, { labelVersionId: id }));
    return shareHistogram(sizes.map((size) => size.share));
  }
}
