import { GraphQLUUID } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";

@ObjectType({ description: "A folder of datasets and experiments" })
export class Project {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => String)
  readonly name!: string;
}
