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

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;
}
