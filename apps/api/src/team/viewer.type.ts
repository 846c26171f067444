import type { Role } from "@tessera/domain/words";
import { GraphQLUUID } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import { RoleEnum } from "../graphql/enums.ts";

@ObjectType({ description: "Who is asking" })
export class Viewer {
  @Field(() => GraphQLUUID)
  readonly userId!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly email!: string;

  @Field(() => GraphQLUUID)
  readonly teamId!: string;

  @Field(() => String)
  readonly teamName!: string;

  @Field(() => RoleEnum, { description: "Of the session, or what the API token is limited to" })
  readonly role!: Role;
}
