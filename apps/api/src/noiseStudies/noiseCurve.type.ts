import { Field, Float, Int, ObjectType } from "type-graphql";
import { ArmScore } from "../comparison/armScore.type.ts";
import { Difference } from "../comparison/difference.type.ts";

@ObjectType({ description: "One method at one level of training noise, scored on the labels without noise" })
export class NoisePoint {
  @Field(() => Float)
  readonly level!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Where it lies on the curve: of classes the effective rate, of masks the level. Null: not known yet",
  })
  readonly x!: number | null;

  @Field(() => String, { description: "Of the experiment" })
  readonly arm!: string;

  @Field(() => ArmScore)
  readonly score!: ArmScore;

  @Field(() => Float, { nullable: true, description: "95 % t interval over seeds; null below two" })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true })
  readonly high!: number | null;
}

@ObjectType({
  description: "Mean score over the noise range: the area under the curve by trapezoids, a value per seed",
})
export class NoiseArea {
  @Field(() => Float)
  readonly mean!: number;

  @Field(() => Float, { nullable: true, description: "Over seeds; null below two" })
  readonly sd!: number | null;

  @Field(() => Float, { nullable: true, description: "95 % t interval over seeds" })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true })
  readonly high!: number | null;

  @Field(() => Int, { description: "With a score at every level" })
  readonly seeds!: number;

  @Field(() => Int)
  readonly items!: number;
}

@ObjectType({ description: "The noise at which the score has lost half of its distance to chance, a value per seed" })
export class NoiseBreakdown {
  @Field(() => Float, { description: "Mean over seeds; those that do not break down count with the last level" })
  readonly estimate!: number;

  @Field(() => Float, { nullable: true, description: "95 % t interval over seeds; null below two" })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true, description: "Null too where a seed does not break down: it is not bounded" })
  readonly high!: number | null;

  @Field(() => Int)
  readonly seeds!: number;

  @Field(() => Int, { description: "That broke down within the levels" })
  readonly reached!: number;

  @Field(() => Float, { description: "The last level" })
  readonly last!: number;
}

@ObjectType()
export class NoiseCurve {
  @Field(() => String)
  readonly method!: string;

  @Field(() => [NoisePoint], { description: "By level, no noise first" })
  readonly points!: readonly NoisePoint[];

  @Field(() => NoiseArea, { nullable: true, description: "Null before a seed has a score at every level" })
  readonly area!: NoiseArea | null;

  @Field(() => Difference, { nullable: true, description: "In area, against the reference; null of itself" })
  readonly areaDifference!: Difference | null;

  @Field(() => NoiseBreakdown, {
    nullable: true,
    description: "Null without a whole curve, without a chance level, and where a seed is at chance without noise",
  })
  readonly breakdown!: NoiseBreakdown | null;

  @Field(() => Difference, {
    nullable: true,
    description: "In breakdown within the levels, against the reference; null of itself",
  })
  readonly breakdownDifference!: Difference | null;
}
