import { GraphQLDateTime, GraphQLJSONObject, GraphQLUUID } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";

@ObjectType({ description: "Weights that the team imported, to start runs from" })
export class Weights {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => String, { description: "Where they are from, in the words of who imported them" })
  readonly source!: string;

  @Field(() => String, { description: "As model.family of a configuration" })
  readonly family!: string;

  @Field(() => String)
  readonly sha256!: string;

  @Field(() => GraphQLJSONObject, {
    description:
      "loaded [name], adapted [{name, how}], skipped [{name, why}], deadFilters [{layer, filters, quantised, trained}]",
  })
  readonly report!: Record<string, unknown>;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;
}
