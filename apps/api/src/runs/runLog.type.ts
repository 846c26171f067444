import { GraphQLDateTime } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import { LogLevelEnum } from "../graphql/enums.ts";

@ObjectType()
export class RunLog {
  @Field(() => Int)
  readonly attempt!: number;

  @Field(() => LogLevelEnum)
  readonly level!: "info" | "warning" | "error";

  @Field(() => String)
  readonly message!: string;

  @Field(() => GraphQLDateTime)
  readonly loggedAt!: Date;
}
