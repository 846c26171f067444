import type { HeatmapMethod } from "@tessera/domain/inspections/heatmaps";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { ExplainedItem } from "../explainedItem.type.ts";
import { HeatmapMethodEnum } from "./enums.ts";

@ObjectType({ description: "Where the map's sum falls short of the difference of logits that it should be" })
export class HeatmapIntegration {
  @Field(() => Int)
  readonly steps!: number;

  @Field(() => Float, { description: "The image's logit minus the baseline's" })
  readonly difference!: number;

  @Field(() => Float, { description: "The map's sum minus that" })
  readonly missing!: number;
}

@ObjectType({ description: "The map of one method" })
export class Heatmap {
  @Field(() => HeatmapMethodEnum)
  readonly method!: HeatmapMethod;

  @Field(() => Float, { description: "Smallest value, in logits" })
  readonly low!: number;

  @Field(() => Float)
  readonly high!: number;

  @Field(() => HeatmapIntegration, { nullable: true, description: "Of integrated gradients" })
  readonly integration!: HeatmapIntegration | null;
}

@ObjectType()
export class HeatmapItem extends ExplainedItem {
  @Field(() => [Heatmap], { description: "By each method" })
  readonly maps!: readonly Heatmap[];
}
