import { GraphQLJSONObject, GraphQLUUID } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";

@ObjectType()
export class Arm {
  @Field(() => String)
  readonly name!: string;

  @Field(() => GraphQLJSONObject, { description: "What the arm changes in the base configuration" })
  readonly changes!: Record<string, unknown>;

  @Field(() => GraphQLUUID, { nullable: true, description: "What its runs learn from; null: the experiment's labels" })
  readonly labelVersionId?: string | null;
}
