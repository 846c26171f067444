import { Field, Float, ObjectType } from "type-graphql";

@ObjectType()
export class Interval {
  @Field(() => Float)
  readonly low!: number;

  @Field(() => Float)
  readonly high!: number;

  @Field(() => Float)
  readonly level!: number;
}
