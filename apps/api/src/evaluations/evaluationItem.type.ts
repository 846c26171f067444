import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "Raw counts of one item and class; every score is derived from them" })
export class EvaluationItem {
  @Field(() => Int)
  readonly classIndex!: number;

  @Field(() => Int)
  readonly truePositives!: number;

  @Field(() => Int)
  readonly falsePositives!: number;

  @Field(() => Int)
  readonly falseNegatives!: number;

  @Field(() => Int)
  readonly trueNegatives!: number;

  @Field(() => Int)
  readonly truthComponents!: number;

  @Field(() => Int)
  readonly predictedComponents!: number;

  @Field(() => Float, { description: "Of the image, what the label marks" })
  readonly regionShare!: number;
}
