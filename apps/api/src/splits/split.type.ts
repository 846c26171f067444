import { GraphQLDateTime, GraphQLUUID } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";

@ObjectType({ description: "Train, validation and test by subject; frozen" })
export class Split {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly rule!: string;

  @Field(() => Boolean, { description: "False: each item counts as its own subject" })
  readonly subjectsKnown!: boolean;

  @Field(() => String)
  readonly contentHash!: string;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;
}
