import { GraphQLJSONObject, GraphQLUUID } from "graphql-scalars";
import { Field, Float, InputType, Int } from "type-graphql";

@InputType()
export class CreateLayerCutStudyInput {
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

  @Field(() => GraphQLJSONObject, { description: "What all arms share; its startingWeights are replaced" })
  readonly base!: Record<string, unknown>;

  @Field(() => GraphQLUUID, { nullable: true, description: "Whose best checkpoint is transferred; or weightsId" })
  readonly runId?: string | null;

  @Field(() => GraphQLUUID, { nullable: true, description: "Imported weights that are transferred; or runId" })
  readonly weightsId?: string | null;

  @Field(() => [Int], {
    nullable: true,
    description: "How many blocks to transfer, from 1 to one less than all; left out: every number",
  })
  readonly blocks?: number[] | null;

  @Field(() => Boolean, { defaultValue: false, description: "Whether to add an arm of the weight statistics alone" })
  readonly statistics!: boolean;

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
