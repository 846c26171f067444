import { Field, ObjectType } from "type-graphql";

@ObjectType()
export class LogPointsResult {
  @Field(() => Boolean, { description: "False: this sequence number was applied before" })
  readonly applied!: boolean;
}
