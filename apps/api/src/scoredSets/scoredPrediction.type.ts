import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType()
export class ScoredPrediction {
  @Field(() => String)
  readonly arm!: string;

  @Field(() => GraphQLUUID)
  readonly runId!: string;

  @Field(() => Int)
  readonly seed!: number;

  @Field(() => Float, { nullable: true })
  readonly dice!: number | null;

  @Field(() => String, { description: "PNG of the predicted mask at the set's size" })
  readonly predictionUrl!: string;
}
