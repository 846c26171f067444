import { GraphQLUUID } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "What a label version says of one item" })
export class Label {
  @Field(() => GraphQLUUID)
  readonly annotationId!: string;

  @Field(() => String)
  readonly reader!: string;

  @Field(() => [Int], {
    nullable: "itemsAndList",
    description: "Per class of the schema: 1 present, 0 absent, null not known. Null: a label of segmentation",
  })
  readonly classValues!: (0 | 1 | null)[] | null;
}
