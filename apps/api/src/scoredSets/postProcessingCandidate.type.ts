import { Field, Float, ObjectType } from "type-graphql";

@ObjectType()
export class PostProcessingCandidate {
  @Field(() => String)
  readonly text!: string;

  @Field(() => Float, {
    nullable: true,
    description: "What the choice is made by: mean over the validation items, averaged over seeds",
  })
  readonly validationDice!: number | null;
}
