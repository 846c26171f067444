import type { GuardVerdict, Left, Similarities, SimilarityMeasure } from "@tessera/domain/inspections/guard";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { GuardVerdictEnum, SimilarityMeasureEnum } from "./enums.ts";
import { MapSimilarities } from "./similarities.type.ts";

@ObjectType({
  description:
    "The share of a map that is left without what the model learnt: similarity beyond chance, (s − c) / (1 − c), with its 95 % interval",
})
export class MapShareLeft {
  @Field(() => SimilarityMeasureEnum)
  readonly measure!: SimilarityMeasure;

  @Field(() => Float)
  readonly estimate!: number;

  @Field(() => Float, { nullable: true })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true })
  readonly high!: number | null;
}

@ObjectType({ description: "All weights random: over draws of them" })
export class HeatmapGuardCheck {
  @Field(() => [MapShareLeft], { description: "By each measure" })
  readonly left!: readonly Left[];

  @Field(() => Int, { description: "Draws of weights, or items, that the intervals are over" })
  readonly n!: number;

  @Field(() => GuardVerdictEnum)
  readonly verdict!: GuardVerdict;
}

@ObjectType({ description: "Against the model that was trained on labels that mean nothing: over items" })
export class HeatmapLabelCheck extends HeatmapGuardCheck {
  @Field(() => MapSimilarities)
  readonly similarity!: Similarities;

  @Field(() => MapSimilarities, { description: "Of maps of different items; of tiles 0" })
  readonly chance!: Similarities;
}
