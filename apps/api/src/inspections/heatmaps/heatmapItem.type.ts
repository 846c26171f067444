import type { ClassValues } from "@tessera/domain/classValues";
import type { HeatmapMethod } from "@tessera/domain/inspections/heatmaps";
import type { Fold } from "@tessera/domain/words";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { FoldEnum } from "../../graphql/enums.ts";
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
export class HeatmapItem {
  @Field(() => FoldEnum)
  readonly fold!: Fold;

  @Field(() => [Int], { nullable: "items", description: "Per class: 1 present, 0 absent, null not known" })
  readonly truth!: ClassValues;

  @Field(() => [Float], { description: "Per class" })
  readonly probabilities!: readonly number[];

  @Field(() => Int, { description: "The class whose logit is explained" })
  readonly classIndex!: number;

  @Field(() => [Heatmap], { description: "By each method" })
  readonly maps!: readonly Heatmap[];
}
