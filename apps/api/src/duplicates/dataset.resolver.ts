import type { Dataset as DatasetRow } from "@tessera/store/datasets";
import { decodeCursor, pageOf } from "@tessera/store/page";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Dataset } from "../datasets/dataset.type.ts";
import { connection, pageArgs, pageLimits } from "../graphql/connection.ts";
import { found } from "../graphql/found.ts";
import { describePairs, isAcross } from "./describePairs.ts";
import { DuplicatePairConnection } from "./duplicatePair.type.ts";
import { pairsAcross, pairsWithin } from "./findPairs.ts";
import { HashingProgress } from "./hashingProgress.type.ts";

@Resolver(() => Dataset)
export class DuplicatesOfDatasetResolver {
  @FieldResolver(() => HashingProgress, { description: "A worker hashes what an import has not" })
  hashing(@Root() { id }: DatasetRow, @Ctx() { loaders }: Context) {
    return loaders.hashing.load(id);
  }

  @FieldResolver(() => DuplicatePairConnection, {
    description: "Pairs of items that show the same picture, surest first",
  })
  async duplicates(
    @Root() { id: datasetId }: DatasetRow,
    @Arg("splitId", () => GraphQLUUID, { nullable: true, description: "Whose folds are told" }) splitId: string | null,
    @Arg("labelVersionId", () => GraphQLUUID, { nullable: true }) labelVersionId: string | null,
    @Arg("withDatasetId", () => GraphQLUUID, {
      nullable: true,
      description: "Another dataset: pairs of an item of this one with one of that",
    })
    withDatasetId: string | null | undefined,
    @Arg("acrossFolds", () => Boolean, { defaultValue: false, description: "Only pairs in two folds of the split" })
    acrossFolds: boolean,
    @Arg("conflicting", () => Boolean, { defaultValue: false, description: "Only pairs whose labels contradict" })
    conflicting: boolean,
    @Arg("first", () => Int, { defaultValue: pageLimits.usual }) first: number,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Ctx() context: Context,
  ) {
    const page = pageArgs(first, after);
    if (withDatasetId) found(await context.loaders.dataset.load(withDatasetId), "dataset", withDatasetId);
    const pairs = withDatasetId
      ? await pairsAcross(context, { datasetId }, { datasetId: withDatasetId })
      : await pairsWithin(context, { datasetId });
    const described = await describePairs(context, pairs, { splitId, labelVersionId });
    const chosen = described
      .filter((pair) => !acrossFolds || isAcross(pair))
      .filter((pair) => !conflicting || pair.labelsConflict === true);
    const start = Number(decodeCursor(page.after, 1)?.[0] ?? -1) + 1;
    const rows = chosen.map((pair, at) => ({ ...pair, at })).slice(start, start + page.first + 1);
    return connection(
      pageOf(rows, page.first, chosen.length, ({ at }) => [String(at)]),
      page.after,
    );
  }
}
