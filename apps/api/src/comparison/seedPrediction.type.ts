import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType()
export class SeedPrediction {
  @Field(() => GraphQLUUID)
  readonly runId!: string;

  @Field(() => Int)
  readonly seed!: number;

  @Field(() => Float, { nullable: true })
  readonly dice!: number | null;

  @Field(() => String)
  readonly predictionUrl!: string;
}
