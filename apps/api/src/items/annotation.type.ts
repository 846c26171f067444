import { GraphQLDateTime, GraphQLUUID } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";

@ObjectType({ description: "One reader's opinion on one item; never overwritten" })
export class Annotation {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => String)
  readonly reader!: string;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;
}
