import { GraphQLUUID } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import { TaskEnum } from "../graphql/enums.ts";

@ObjectType({ description: "The classes that labels speak of" })
export class LabelSchema {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => TaskEnum)
  readonly task!: string;

  @Field(() => [String], { description: "In the order of classIndex" })
  readonly classes!: string[];

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Of classification: true where an item has exactly one class (of two, the second is the positive one), false where it may have any number; null: segmentation",
  })
  readonly exclusive!: boolean | null;
}
