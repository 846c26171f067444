import { GraphQLUUID } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "Runs of one set that differ in their seed alone" })
export class ScoredSetArm {
  @Field(() => String)
  readonly arm!: string;

  @Field(() => Int)
  readonly seeds!: number;

  @Field(() => [GraphQLUUID], { description: "By seed" })
  readonly runIds!: readonly string[];
}
