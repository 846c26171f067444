import { subjectGroups } from "@tessera/analysis/duplicates/groups";
import { DomainError } from "@tessera/domain/errors";
import { subjectSplit } from "@tessera/domain/split";
import { listItems } from "@tessera/store/items";
import { freezeSplit, type Split as SplitRow } from "@tessera/store/splits";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Dataset } from "../datasets/dataset.type.ts";
import { pairsWithin } from "../duplicates/findPairs.ts";
import { pageLimits } from "../graphql/connection.ts";
import { found } from "../graphql/found.ts";
import { Needs } from "../graphql/needs.ts";
import { CreateSplitInput } from "./createSplit.input.ts";
import { Split } from "./split.type.ts";

@Resolver(() => Split)
export class SplitResolver {
  @Needs("viewer")
  @Query(() => Split, { nullable: true })
  split(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { loaders }: Context) {
    return loaders.split.load(id);
  }

  @Needs("researcher")
  @Mutation(() => Split, { description: "Frozen from the items that the dataset has now" })
  async createSplit(@Arg("input", () => CreateSplitInput) input: CreateSplitInput, @Ctx() context: Context) {
    const { asTeam, teamId, loaders } = context;
    const { datasetId, name, trainShare, validationShare, seed, keepDuplicatesTogether } = input;
    found(await loaders.dataset.load(datasetId), "dataset", datasetId);
    const pairs = keepDuplicatesTogether ? await allPairs(context, datasetId) : [];
    return asTeam(async (sql) => {
      const items = await allItems((page) => listItems(sql, teamId, { datasetId, page, order: "name" }));
      const shares = { train: trainShare, validation: validationShare, test: 1 - trainShare - validationShare };
      const groups = subjectGroups(items, pairs);
      const grouped = items.map((item, at) => ({ ...item, subject: groups[at]! }));
      const made = subjectSplit(grouped, shares, seed);
      const { items: placed } = made;
      const rule = keepDuplicatesTogether
        ? `${made.rule}; subjects that share a picture (${pairs.length} duplicate pairs) in one fold`
        : made.rule;
      const subjectOf = new Map(items.map((item) => [item.id, item.subject]));
      const assignments = placed.map(({ id, fold }) => ({ itemId: id, subject: subjectOf.get(id) ?? id, fold }));
      const subjectsKnown = items.every((item) => item.subjectKnown);
      return freezeSplit(sql, teamId, { datasetId, name, rule, subjectsKnown, assignments });
    });
  }

  @FieldResolver(() => Dataset)
  dataset(@Root() { datasetId }: SplitRow, @Ctx() { loaders }: Context) {
    return loaders.dataset.load(datasetId);
  }

  @FieldResolver(() => Int)
  async trainItems(@Root() { id }: SplitRow, @Ctx() { loaders }: Context) {
    return (await loaders.foldCounts.load(id))?.train ?? 0;
  }

  @FieldResolver(() => Int, { description: "Of the training items; as many where each item is its own" })
  async trainSubjects(@Root() { id }: SplitRow, @Ctx() { loaders }: Context) {
    return (await loaders.foldCounts.load(id))?.trainSubjects ?? 0;
  }

  @FieldResolver(() => Int)
  async validationItems(@Root() { id }: SplitRow, @Ctx() { loaders }: Context) {
    return (await loaders.foldCounts.load(id))?.validation ?? 0;
  }

  @FieldResolver(() => Int)
  async testItems(@Root() { id }: SplitRow, @Ctx() { loaders }: Context) {
    return (await loaders.foldCounts.load(id))?.test ?? 0;
  }
}

/** @throws DomainError CONFLICT where not every item is hashed: the rest could have copies too */
async function allPairs(context: Context, datasetId: string) {
  const { items, hashed } = await context.loaders.hashing.load(datasetId);
  if (hashed === items) return pairsWithin(context, { datasetId });
  const message = `keepDuplicatesTogether: ${items - hashed} of ${items} items have no hash yet, so their copies are not known; a worker computes them, try again in a minute`;
  throw new DomainError("CONFLICT", message, { field: "keepDuplicatesTogether", unhashed: items - hashed });
}

type PageOfItems = Awaited<ReturnType<typeof listItems>>;

async function allItems(read: (page: { first: number; after: string | null }) => Promise<PageOfItems>) {
  const items: PageOfItems["rows"] = [];
  let after: string | null = null;
  do {
    const page: PageOfItems = await read({ first: pageLimits.most, after });
    items.push(...page.rows);
    after = page.hasNextPage ? page.endCursor : null;
  } while (after !== null);
  return items;
}
