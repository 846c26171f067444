import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { diceOfItem } from "../evaluations/scores.ts";
import { fileUrl } from "../graphql/fileUrl.ts";
import { Item } from "../items/item.type.ts";
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
  @FieldResolver(() => ScoredItem, { nullable: true, description: "Null where no run of the set has scored it" })
  async item(
    @Root() { sources }: ScoredSet,
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
    return predictions.length === 0 ? null : { itemId, predictions };
  }
}
