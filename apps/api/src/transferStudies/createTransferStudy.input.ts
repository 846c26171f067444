import { GraphQLJSONObject, GraphQLUUID } from "graphql-scalars";
import { Field, Float, InputType, Int } from "type-graphql";
import { TransferArmInput } from "./transferArm.input.ts";

@InputType()
export class CreateTransferStudyInput {
  @Field(() => String)
  readonly projectName!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly question!: string;

  @Field(() => GraphQLUUID)
  readonly labelVersionId!: string;

  @Field(() => GraphQLUUID)
  readonly splitId!: string;

  @Field(() => GraphQLJSONObject, {
    description:
      "What all arms share; its startingWeights and trainingFraction are replaced. With stepsPerEpoch every fraction has the same budget",
  })
  readonly base!: Record<string, unknown>;

  @Field(() => [TransferArmInput], { description: "The first is the reference, and random" })
  readonly arms!: TransferArmInput[];

  @Field(() => [Float], {
    description: "Of the training fold's subjects, from 0.001 to 1; nested parts, the same in every arm",
  })
  readonly fractions!: number[];

  @Field(() => [Int])
  readonly seeds!: number[];

  @Field(() => Float, { nullable: true, description: "In AUC or Dice, above 0" })
  readonly equivalenceMargin?: number | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Start from weights that have seen pictures of the test fold all the same; boards then carry a stamp",
  })
  readonly acceptOverlap?: boolean;
}
