import type { Role } from "@tessera/domain/words";
import { GraphQLDateTime, GraphQLUUID } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import { RoleEnum } from "../graphql/enums.ts";

@ObjectType()
export class Member {
  @Field(() => GraphQLUUID)
  readonly userId!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly email!: string;

  @Field(() => RoleEnum)
  readonly role!: Role;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;
}
