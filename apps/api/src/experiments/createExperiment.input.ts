import { GraphQLJSONObject, GraphQLUUID } from "graphql-scalars";
import { Field, Float, InputType, Int } from "type-graphql";
import { ArmInput } from "./arm.input.ts";

@InputType()
export class CreateExperimentInput {
  @Field(() => String)
  readonly projectName!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly question!: string;

  @Field(() => GraphQLUUID)
  readonly labelVersionId!: string;

  @Field(() => GraphQLUUID, {
    nullable: true,
    description:
      "What the test fold is scored on, where it is another version of the same classes: noisy labels are learned from, and cleaner ones tell how good the model is. Selection on validation sees labelVersionId",
  })
  readonly evaluationLabelVersionId?: string | null;

  @Field(() => GraphQLUUID)
  readonly splitId!: string;

  @Field(() => GraphQLJSONObject)
  readonly base!: Record<string, unknown>;

  @Field(() => [ArmInput])
  readonly arms!: ArmInput[];

  @Field(() => [Int])
  readonly seeds!: number[];

  @Field(() => Float, { nullable: true, description: "In Dice, above 0" })
  readonly equivalenceMargin?: number | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Start from weights that have seen pictures of the test fold all the same; boards then carry a stamp",
  })
  readonly acceptOverlap?: boolean;
}
