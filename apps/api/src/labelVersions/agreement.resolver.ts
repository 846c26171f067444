import type { Dataset as DatasetRow } from "@tessera/store/datasets";
import { opinionsOf, readersOf } from "@tessera/store/opinions";
import { decodeCursor, pageOf, pageSize } from "@tessera/store/page";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Dataset } from "../datasets/dataset.type.ts";
import { connection, pageArgs, pageLimits } from "../graphql/connection.ts";
import { found } from "../graphql/found.ts";
import { LabelAgreement, LabelDisagreementConnection, LabelReader } from "./agreement.type.ts";
import { assembleAgreement, assembleDisagreements } from "./assembleAgreement.ts";
import { LabelJob } from "./labelJob.type.ts";

@Resolver(() => Dataset)
export class AgreementResolver {
  @FieldResolver(() => [LabelReader], { description: "By label schema and name; what a rule made is nobody's opinion" })
  readers(@Root() { id }: DatasetRow, @Ctx() { asTeam, teamId }: Context) {
    return asTeam((sql) => readersOf(sql, teamId, id));
  }

  @FieldResolver(() => [LabelJob], { description: "Newest first: those under way, and the newest 20" })
  labelJobs(@Root() { id }: DatasetRow, @Ctx() { loaders }: Context) {
    return loaders.labelJobsOfDataset.load(id);
  }

  @FieldResolver(() => LabelAgreement)
  async agreement(
    @Root() { id }: DatasetRow,
    @Arg("schemaId", () => GraphQLUUID) schemaId: string,
    @Arg("readers", () => [String], { nullable: true, description: "Null: all" }) readers: string[] | null,
    @Arg("ordered", () => Boolean, { defaultValue: false, description: "Exclusive classes are in an order, as grades are" }) ordered: boolean, // biome-ignore format: one line
    @Ctx() context: Context,
  ) {
    const schema = await schemaOf(context, id, schemaId);
    const { asTeam, teamId } = context;
    return asTeam((sql) => assembleAgreement(sql, teamId, { schema, readers: readers ?? null }, ordered));
  }

  @FieldResolver(() => LabelDisagreementConnection, {
    description: "The most disputed items first; what nobody disputes is left out, and masks that are not measured yet",
  })
  async disagreements(
    @Root() { id }: DatasetRow,
    @Arg("schemaId", () => GraphQLUUID) schemaId: string,
    @Arg("first", () => Int, { defaultValue: pageLimits.usual }) first: number,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Ctx() context: Context,
  ) {
    const schema = await schemaOf(context, id, schemaId);
    const { asReader, teamId, loaders } = context;
    const page = pageArgs(first, after);
    const size = pageSize(page.first);
    const from = Number(decodeCursor(page.after, 1)?.[0] ?? -1) + 1;
    const ranked = await asReader((sql) => assembleDisagreements(sql, teamId, { schema, readers: null }));
    const shown = ranked.slice(from, from + size + 1).map((each, at) => ({ ...each, place: from + at }));
    const itemIds = shown.map(({ itemId }) => itemId);
    const items = await loaders.item.loadMany(itemIds);
    const opinions = await asReader((sql) => opinionsOf(sql, teamId, { schemaId, readers: null, itemIds }));
    const newest = new Set(opinions.map(({ annotationId }) => annotationId));
    const annotations = await loaders.annotations.loadMany(itemIds);
    const rows = shown.map((each, at) => {
      const all = annotations[at] instanceof Error ? [] : annotations[at]!;
      const own = all.filter((annotation) => newest.has(annotation.id));
      return { ...each, item: items[at], opinions: own.toSorted((a, b) => (a.reader < b.reader ? -1 : 1)) };
    });
    return connection(
      pageOf(rows, size, ranked.length, ({ place }) => [String(place)]),
      page.after,
    );
  }
}

async function schemaOf({ loaders }: Context, datasetId: string, schemaId: string) {
  const schema = await loaders.schema.load(schemaId);
  return found(schema?.datasetId === datasetId ? schema : null, "label schema of this dataset", schemaId);
}
