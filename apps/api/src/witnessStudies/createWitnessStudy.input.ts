import { GraphQLJSONObject, GraphQLUUID } from "graphql-scalars";
import { Field, Float, InputType, Int } from "type-graphql";
import { BagPlanInput } from "./bagPlan.input.ts";
import { WitnessPoolingInput } from "./witnessPooling.input.ts";

@InputType()
export class CreateWitnessStudyInput {
  @Field(() => String)
  readonly projectName!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly question!: string;

  @Field(() => GraphQLUUID, {
    description: "Of bags whose tiles' own labels are known, with two classes: a bag with a witness is of the second",
  })
  readonly labelVersionId!: string;

  @Field(() => GraphQLUUID, { description: "Tiles of a fold make the bags of that fold" })
  readonly splitId!: string;

  @Field(() => GraphQLJSONObject, { description: "What all poolings share" })
  readonly base!: Record<string, unknown>;

  @Field(() => [WitnessPoolingInput])
  readonly poolings!: WitnessPoolingInput[];

  @Field(() => [Float], { description: "Shares of a positive bag's tiles that are witnesses, 0.001 to 0.5" })
  readonly rates!: number[];

  @Field(() => BagPlanInput)
  readonly bags!: BagPlanInput;

  @Field(() => [Int], { description: "Of training" })
  readonly seeds!: number[];

  @Field(() => Float, { nullable: true, description: "In AUC, above 0" })
  readonly equivalenceMargin?: number | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Start from weights that have seen the test fold all the same; boards then carry a stamp",
  })
  readonly acceptOverlap?: boolean;
}
