import type { Role } from "@tessera/domain/words";
import { Field, InputType } from "type-graphql";
import { RoleEnum } from "../graphql/enums.ts";

@InputType()
export class InviteMemberInput {
  @Field(() => String)
  readonly email!: string;

  @Field(() => RoleEnum)
  readonly role!: Role;
}
