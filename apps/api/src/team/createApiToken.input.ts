import type { Role } from "@tessera/domain/words";
import { GraphQLDateTime } from "graphql-scalars";
import { Field, InputType } from "type-graphql";
import { RoleEnum } from "../graphql/enums.ts";

@InputType()
export class CreateApiTokenInput {
  @Field(() => String)
  readonly name!: string;

  @Field(() => RoleEnum)
  readonly role!: Role;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Null: never" })
  readonly expiresAt?: Date | null;
}
