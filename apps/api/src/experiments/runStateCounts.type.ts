import { Field, Int, ObjectType } from "type-graphql";

@ObjectType()
export class RunStateCounts {
  @Field(() => Int)
  readonly queued!: number;

  @Field(() => Int)
  readonly running!: number;

  @Field(() => Int)
  readonly succeeded!: number;

  @Field(() => Int)
  readonly failed!: number;

  @Field(() => Int)
  readonly cancelled!: number;
}
