import { GraphQLDateTime, GraphQLJSONObject, GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Arm } from "./arm.type.ts";

@ObjectType({ description: "A question with arms: a grid over configuration and seeds, and the comparison to make" })
export class Experiment {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly question!: string;

  @Field(() => GraphQLJSONObject)
  readonly base!: Record<string, unknown>;

  @Field(() => [Arm])
  readonly arms!: Arm[];

  @Field(() => [Int])
  readonly seeds!: number[];

  @Field(() => Float, { nullable: true, description: "Declared before the runs; null: no claim of equivalence" })
  readonly equivalenceMargin!: number | null;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;
}
