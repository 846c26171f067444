import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { diceOfItem } from "../evaluations/scores.ts";
import { fileUrl } from "../graphql/fileUrl.ts";
import { Item } from "../items/item.type.ts";
import { withoutBlind } from "../review/withoutBlind.ts";
import { ScoredItem } from "./scoredItem.type.ts";
import { ScoredSet } from "./scoredSet.type.ts";

@Resolver(() => ScoredItem)
export class ScoredItemResolver {
  @FieldResolver(() => Item)
  item(@Root() { itemId }: ScoredItem, @Ctx() { loaders }: Context) {
    return loaders.item.load(itemId);
  }
}

@Resolver(() => ScoredSet)
export class ItemOfSetResolver {
  @FieldResolver(() => ScoredItem, {
    nullable: true,
    description: "Null where no run of the set has scored it, and where I am yet to read it blind",
  })
  async item(
    @Root() { sources, labelVersionId }: ScoredSet,
    @Arg("itemId", () => GraphQLUUID) itemId: string,
    @Arg("classIndex", () => Int, { nullable: true, description: "Null: the first class" }) classIndex: number | null,
    @Ctx() { loaders }: Context,
  ): Promise<ScoredItem | null> {
    const runs = sources.flatMap(({ name, runs: ofArm }) => ofArm.map((run) => ({ ...run, arm: name })));
    const rows = await Promise.all(runs.map(({ evaluationId }) => loaders.evaluationItems.load(evaluationId)));
    const predictions = runs.flatMap(({ arm, runId, seed }, at) => {
      const row = rows[at]!.find((each) => each.itemId === itemId && each.classIndex === (classIndex ?? 0));
      return row ? [{ arm, runId, seed, dice: diceOfItem(row), predictionUrl: fileUrl(row.predictionSha256) }] : [];
    });
    if (predictions.length === 0) return null;
    return (await withoutBlind(loaders, labelVersionId, [{ itemId, predictions }]))[0] ?? null;
  }
}
