import { Field, Float, ObjectType } from "type-graphql";

@ObjectType({ description: "What one filter answers to one image, over all positions" })
export class FilterResponse {
  @Field(() => Float)
  readonly mean!: number;

  @Field(() => Float, { description: "Share of the positions above 0" })
  readonly active!: number;

  @Field(() => Float)
  readonly low!: number;

  @Field(() => Float)
  readonly high!: number;
}
