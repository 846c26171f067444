import { GraphQLJSON, GraphQLJSONObject, GraphQLUUID } from "graphql-scalars";
import { Field, Float, InputType, Int } from "type-graphql";

@InputType()
export class CreateUNetStudyInput {
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

  @Field(() => GraphQLJSONObject, { description: "What all arms share; its depth, skips and loss are replaced" })
  readonly base!: Record<string, unknown>;

  @Field(() => [Int], { description: "Poolings, 0 is no reduction. The first is the reference, as in the other lists" })
  readonly depths!: number[];

  @Field(() => [String], { description: '"all", "none", or "cut k": all but the k-th, 0 the finest' })
  readonly skips!: string[];

  @Field(() => [GraphQLJSON], { description: "Each as a configuration's loss; an empty list: the base's own" })
  readonly losses!: unknown[];

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
