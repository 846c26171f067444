import { GraphQLDateTime, GraphQLUUID } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";

@ObjectType({ description: "A process that claims runs" })
export class Worker {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly device!: string;

  @Field(() => String)
  readonly version!: string;

  @Field(() => GraphQLDateTime)
  readonly startedAt!: Date;

  @Field(() => GraphQLDateTime)
  readonly seenAt!: Date;

  @Field(() => Boolean)
  readonly alive!: boolean;
}
