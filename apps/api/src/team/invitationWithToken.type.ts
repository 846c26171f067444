import { Field, ObjectType } from "type-graphql";
import { Invitation } from "./invitation.type.ts";

@ObjectType()
export class InvitationWithToken {
  @Field(() => Invitation)
  readonly invitation!: Invitation;

  @Field(() => String, { description: "Shown once; send it to the invited person" })
  readonly token!: string;
}
