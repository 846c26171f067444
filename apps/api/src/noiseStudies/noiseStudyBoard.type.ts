import { Field, Float, Int, ObjectType } from "type-graphql";
import { Metric } from "../scoredSets/metric.type.ts";
import { NoiseCurve } from "./noiseCurve.type.ts";
import { NoiseGridCell, RankSwap } from "./noiseGrid.type.ts";
import { NoiseStudyProgress } from "./noiseStudyProgress.type.ts";
import { NoiseVersion } from "./noiseVersion.type.ts";

@ObjectType({ description: "One kind of noise of a study" })
export class StudiedNoise {
  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly kind!: string;

  @Field(() => String, { description: "What a level is" })
  readonly unit!: string;

  @Field(() => Boolean, { description: "Whether the curve is on the effective rate; else on the level" })
  readonly onEffectiveRate!: boolean;

  @Field(() => [Float], { description: "Ascending, 0 first" })
  readonly trainingLevels!: readonly number[];

  @Field(() => [Float], { description: "Ascending, 0 first" })
  readonly evaluationLevels!: readonly number[];

  @Field(() => [NoiseCurve], { description: "The reference first" })
  readonly curves!: readonly NoiseCurve[];

  @Field(() => [NoiseGridCell], { description: "By method, training level, evaluation level" })
  readonly grid!: readonly NoiseGridCell[];

  @Field(() => [RankSwap])
  readonly swaps!: readonly RankSwap[];
}

@ObjectType({
  description:
    "How robust are methods to label noise? Scores on the test fold against the noise learnt from, and scored on",
})
export class NoiseStudyBoard {
  @Field(() => Metric)
  readonly metric!: Metric;

  @Field(() => Float, {
    nullable: true,
    description: "On the labels without noise. Null where the metric has none, and before a run is scored",
  })
  readonly chance!: number | null;

  @Field(() => String, { description: "What chance is here" })
  readonly chanceText!: string;

  @Field(() => Int, { description: "Of the noise" })
  readonly noiseSeed!: number;

  @Field(() => [String], { description: "The reference first" })
  readonly methods!: readonly string[];

  @Field(() => Float, {
    nullable: true,
    description: "Declared before the runs, for AUC or Dice; null for another metric",
  })
  readonly equivalenceMargin!: number | null;

  @Field(() => NoiseStudyProgress)
  readonly progress!: NoiseStudyProgress;

  @Field(() => [NoiseVersion])
  readonly versions!: readonly NoiseVersion[];

  @Field(() => [StudiedNoise])
  readonly noises!: readonly StudiedNoise[];

  @Field(() => String, { description: "In the words of the verdicts" })
  readonly verdict!: string;

  @Field(() => [String], { description: "What to know when reading the board, a sentence each" })
  readonly notes!: readonly string[];
}
