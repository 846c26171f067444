import type { Role } from "@tessera/domain/words";
import { GraphQLDateTime, GraphQLUUID } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import { RoleEnum } from "../graphql/enums.ts";

@ObjectType()
export class Invitation {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => String)
  readonly email!: string;

  @Field(() => RoleEnum)
  readonly role!: Role;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;

  @Field(() => GraphQLDateTime)
  readonly expiresAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true })
  readonly acceptedAt!: Date | null;
}
