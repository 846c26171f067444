import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "So many of so many" })
export class CountedShare {
  @Field(() => Int)
  readonly hits!: number;

  @Field(() => Int)
  readonly of!: number;

  @Field(() => Float)
  readonly share!: number;

  @Field(() => Float, { description: "Wilson, 95 %" })
  readonly low!: number;

  @Field(() => Float)
  readonly high!: number;
}
