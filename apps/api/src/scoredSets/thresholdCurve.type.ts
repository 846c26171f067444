import { Field, Float, ObjectType } from "type-graphql";

@ObjectType({
  description:
    "Dice of an arm against the threshold of the probability: per item, under the reference convention, over the runs that have counts there",
})
export class ThresholdCurve {
  @Field(() => String)
  readonly arm!: string;

  @Field(() => [Float])
  readonly thresholds!: readonly number[];

  @Field(() => [Float], { nullable: "items" })
  readonly mean!: readonly (number | null)[];

  @Field(() => [Float], { nullable: "items", description: "95 % t interval over seeds; null below two" })
  readonly low!: readonly (number | null)[];

  @Field(() => [Float], { nullable: "items" })
  readonly high!: readonly (number | null)[];
}
