import type { LabelRandomisedModel } from "@tessera/domain/inspections/guard";
import type { HeatmapItem as ItemOfResult, MethodChecks } from "@tessera/domain/inspections/heatmaps";
import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { HeatmapItem } from "./heatmapItem.type.ts";
import { HeatmapMethodChecks } from "./methodChecks.type.ts";

@ObjectType({
  description: "The model whose labels mean nothing. Steps and accuracies are null where it is another run",
})
export class HeatmapLabelModel {
  @Field(() => GraphQLUUID, { nullable: true })
  readonly runId!: string | null;

  @Field(() => Int, { nullable: true, description: "Updates" })
  readonly steps!: number | null;

  @Field(() => Float, { nullable: true, description: "On its permuted labels: near 1, it has learnt them by heart" })
  readonly accuracy!: number | null;

  @Field(() => Float, { nullable: true, description: "What the most frequent answer reaches there" })
  readonly chance!: number | null;
}

@ObjectType({ description: "Heatmaps and, for every method, its checks" })
export class Heatmaps {
  @Field(() => Int, { description: "Side of the maps, pixels" })
  readonly size!: number;

  @Field(() => [HeatmapItem])
  readonly items!: readonly ItemOfResult[];

  @Field(() => [HeatmapMethodChecks])
  readonly methods!: readonly MethodChecks[];

  @Field(() => Int, { description: "Validation items that the checks were made on" })
  readonly guardItems!: number;

  @Field(() => Int, { description: "Networks of random weights" })
  readonly draws!: number;

  @Field(() => HeatmapLabelModel)
  readonly labelRandomised!: LabelRandomisedModel;

  @Field(() => Int, { nullable: true, description: "Validation items among which the shown ones were chosen" })
  readonly chosenAmong!: number | null;
}
