import { GraphQLUUID } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";

@ObjectType({ description: "What a label version says of one item" })
export class Label {
  @Field(() => GraphQLUUID)
  readonly annotationId!: string;

  @Field(() => String)
  readonly reader!: string;
}
