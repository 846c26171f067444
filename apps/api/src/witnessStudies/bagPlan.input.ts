import { Field, InputType, Int } from "type-graphql";

@InputType({ description: "Bags that are composed at every rate; every second one is positive" })
export class BagPlanInput {
  @Field(() => Int, { description: "Of every bag, 2 to 50000" })
  readonly tiles!: number;

  @Field(() => Int, { description: "Bags, 4 to 5000" })
  readonly train!: number;

  @Field(() => Int)
  readonly validation!: number;

  @Field(() => Int)
  readonly test!: number;

  @Field(() => Int, {
    defaultValue: 0,
    description: "Of the draw: the same bags for all poolings and seeds of training",
  })
  readonly seed!: number;
}
