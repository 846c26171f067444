import { Field, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "What is done to a predicted mask before it is scored" })
export class PostProcessingChoice {
  @Field(() => String, { description: "all or largest" })
  readonly keep!: string;

  @Field(() => Int, { description: "Smaller pieces are dropped" })
  readonly minPixels!: number;

  @Field(() => Boolean)
  readonly fillHoles!: boolean;

  @Field(() => String)
  readonly text!: string;
}
