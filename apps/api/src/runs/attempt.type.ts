import { GraphQLDateTime } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "One try of a run on one worker" })
export class Attempt {
  @Field(() => Int)
  readonly attempt!: number;

  @Field(() => Float)
  readonly resumedStep!: number;

  @Field(() => GraphQLDateTime)
  readonly startedAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true })
  readonly endedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: "succeeded, failed, cancelled, lost or stopped; null while it runs",
  })
  readonly outcome!: string | null;

  @Field(() => String, { nullable: true })
  readonly error!: string | null;
}
