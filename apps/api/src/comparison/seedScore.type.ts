import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType()
export class SeedScore {
  @Field(() => Int)
  readonly seed!: number;

  @Field(() => Float, { nullable: true, description: "Mean over items; null where undefined" })
  readonly mean!: number | null;

  @Field(() => GraphQLUUID)
  readonly runId!: string;
}
