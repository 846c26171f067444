import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "Validation score by step, over the seeds of one arm; the lists belong together" })
export class LearningCurve {
  @Field(() => [Int])
  readonly steps!: readonly number[];

  @Field(() => [Float], { description: "Over the seeds that have the step" })
  readonly mean!: readonly number[];

  @Field(() => [Float], { description: "The lowest seed" })
  readonly low!: readonly number[];

  @Field(() => [Float], { description: "The highest seed" })
  readonly high!: readonly number[];

  @Field(() => [Int])
  readonly seeds!: readonly number[];
}
