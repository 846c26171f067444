import type { ReaderKind } from "@tessera/domain/labels/request";
import { GraphQLDateTime, GraphQLUUID } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import { ReaderKindEnum } from "../graphql/enums.ts";

@ObjectType({ description: "One reader's opinion on one item; never overwritten" })
export class Annotation {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => String)
  readonly reader!: string;

  @Field(() => ReaderKindEnum)
  readonly readerKind!: ReaderKind;

  @Field(() => [Int], {
    nullable: "itemsAndList",
    description: "Per class of the schema: 1 present, 0 absent, null not known. Null: a label of segmentation",
  })
  readonly classValues!: (0 | 1 | null)[] | null;

  @Field(() => GraphQLUUID, {
    nullable: true,
    description: "The member who says so; null: imported, or made by a rule",
  })
  readonly userId!: string | null;

  @Field(() => GraphQLUUID, {
    nullable: true,
    description: "The same reader's annotation that this one takes the place of; both are kept",
  })
  readonly corrects!: string | null;

  @Field(() => Boolean, { description: "Said by somebody who saw the other opinions" })
  readonly adjudicates!: boolean;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;
}
