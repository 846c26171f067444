import { GraphQLDateTime, GraphQLJSONObject, GraphQLUUID } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "Numbered, immutable, content-addressed set of one label per item" })
export class LabelVersion {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => Int, { description: "1 for the first of a dataset; no gaps" })
  readonly number!: number;

  @Field(() => String, { description: "How the labels were made from annotations" })
  readonly rule!: string;

  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description:
      "The rule as data with its parameters, and number, content and chain hash of the version it was given; covered by the chain hash. Null: made by an import",
  })
  readonly pinned!: object | null;

  @Field(() => String)
  readonly note!: string;

  @Field(() => Int, { description: "Labelled items" })
  readonly items!: number;

  @Field(() => String)
  readonly contentHash!: string;

  @Field(() => String, { description: "Covers the content and the parent's chain hash" })
  readonly chainHash!: string;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;
}
