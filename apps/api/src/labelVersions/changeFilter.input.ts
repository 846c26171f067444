import { Field, InputType, Int } from "type-graphql";

@InputType({ description: "Items that went from one value of a class to another, as ClassChange has them" })
export class ChangeFilter {
  @Field(() => Int, { nullable: true })
  readonly classIndex?: number | null;

  @Field(() => Int, { nullable: true })
  readonly before?: number | null;

  @Field(() => Int, { nullable: true })
  readonly after?: number | null;
}
