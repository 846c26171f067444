import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType()
export class BagMemorySize {
  @Field(() => Int)
  readonly tiles!: number;

  @Field(() => Float, { description: "Of the whole process at its highest, at most, by the plan on shapes" })
  readonly predictedBytes!: number;

  @Field(() => Float, {
    nullable: true,
    description: "The highest through two updates and one scoring of such a bag; null: the plan is above the limit",
  })
  readonly measuredBytes!: number | null;
}

@ObjectType({
  description: "How much memory a run on bags needs for a bag of so many tiles, on the worker that answered",
})
export class BagMemory {
  @Field(() => Float, { description: "For the whole process" })
  readonly limitBytes!: number;

  @Field(() => Float, { description: "What the process held before" })
  readonly baseBytes!: number;

  @Field(() => Int, { description: "Per tile" })
  readonly features!: number;

  @Field(() => Int, { description: "Tiles of the largest bag of the run's items" })
  readonly largestBag!: number;

  @Field(() => Int, { description: "In one step" })
  readonly bagsAtOnce!: number;

  @Field(() => Int, {
    nullable: true,
    description: "Tiles of the largest bag within the limit; null: not even one tile is",
  })
  readonly largestThatFits!: number | null;

  @Field(() => [BagMemorySize], { description: "Rising" })
  readonly sizes!: readonly BagMemorySize[];
}
