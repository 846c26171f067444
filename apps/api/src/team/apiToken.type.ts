import type { Role } from "@tessera/domain/words";
import { GraphQLDateTime, GraphQLUUID } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import { RoleEnum } from "../graphql/enums.ts";

@ObjectType()
export class ApiToken {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => RoleEnum, { description: "The most it may do; never more than its owner may" })
  readonly role!: Role;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true })
  readonly expiresAt!: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  readonly lastUsedAt!: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  readonly revokedAt!: Date | null;
}
