import { Field, ObjectType } from "type-graphql";
import { ApiToken } from "./apiToken.type.ts";

@ObjectType()
export class ApiTokenWithSecret {
  @Field(() => ApiToken)
  readonly apiToken!: ApiToken;

  @Field(() => String, { description: "Shown once; only its hash is kept" })
  readonly secret!: string;
}
