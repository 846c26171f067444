import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "One prediction in pieces" })
export class ContiguityItem {
  @Field(() => GraphQLUUID)
  readonly itemId!: string;

  @Field(() => String)
  readonly arm!: string;

  @Field(() => Int)
  readonly seed!: number;

  @Field(() => GraphQLUUID)
  readonly runId!: string;

  @Field(() => Int)
  readonly pieces!: number;

  @Field(() => Int)
  readonly truthPieces!: number;

  @Field(() => Int)
  readonly holes!: number;

  @Field(() => Float, { nullable: true })
  readonly largestShare!: number | null;

  @Field(() => Float, { nullable: true })
  readonly dice!: number | null;

  @Field(() => String)
  readonly predictionUrl!: string;
}
