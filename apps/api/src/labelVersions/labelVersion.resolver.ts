import { shareHistogram } from "@tessera/analysis/shareHistogram";
import { regionSizes } from "@tessera/store/items";
import { classCounts, type LabelVersion as LabelVersionRow } from "@tessera/store/labelVersions";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Dataset } from "../datasets/dataset.type.ts";
import { Needs } from "../graphql/needs.ts";
import { ClassCount } from "./classCount.type.ts";
import { LabelSchema } from "./labelSchema.type.ts";
import { LabelVersion } from "./labelVersion.type.ts";
import { RegionSizeHistogram } from "./regionSizeHistogram.type.ts";
import { RuleResult } from "./ruleResult.type.ts";
import { trueNoiseLedger } from "./trueNoiseLedger.ts";
import { TrueNoiseLedger } from "./trueNoiseLedger.type.ts";

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

  @FieldResolver(() => [ClassCount], {
    nullable: true,
    description: "Items per class, in the order of classIndex; null: a label version of segmentation",
  })
  async classCounts(@Root() { id, schemaId }: LabelVersionRow, @Ctx() { asTeam, teamId, loaders }: Context) {
    const schema = await loaders.schema.load(schemaId);
    if (schema?.task !== "classification") return null;
    const counts = await asTeam((sql) => classCounts(sql, teamId, id));
    return counts.map((count, index) => ({ ...count, name: schema.classes[index] ?? "" }));
  }

  @FieldResolver(() => LabelVersion, { nullable: true })
  parent(@Root() { parentId }: LabelVersionRow, @Ctx() { loaders }: Context) {
    return parentId === null ? null : loaders.labelVersion.load(parentId);
  }

  @FieldResolver(() => LabelVersion, {
    nullable: true,
    description: "The version that the rule was given; null: made from annotations alone",
  })
  madeFrom(@Root() { sourceId }: LabelVersionRow, @Ctx() { loaders }: Context) {
    return sourceId === null ? null : loaders.labelVersion.load(sourceId);
  }

  @FieldResolver(() => RuleResult, { nullable: true, description: "Null: made by an import" })
  result(@Root() { result }: LabelVersionRow) {
    if (result === null) return null;
    const { noise } = result;
    return {
      ...result,
      noise: noise && { ...noise, effectiveRate: noise.labels === 0 ? 0 : noise.changed / noise.labels },
    };
  }

  @FieldResolver(() => TrueNoiseLedger, { nullable: true, description: "Null: not made by noise" })
  trueNoiseLedger(@Root() version: LabelVersionRow, @Ctx() context: Context) {
    return trueNoiseLedger(context, version);
  }

  @FieldResolver(() => RegionSizeHistogram)
  async regionSizes(@Root() { id }: LabelVersionRow, @Ctx() { asTeam, teamId }: Context) {
    const sizes = await asTeam((sql) => regionSizes(sql, teamId, { labelVersionId: id }));
    return shareHistogram(sizes.map((size) => size.share));
  }
}
