import { GraphQLJSONObject, GraphQLUUID } from "graphql-scalars";
import { Field, Float, InputType, Int } from "type-graphql";
import { ArmInput } from "../experiments/arm.input.ts";

@InputType()
export class CreateCrossValidationInput {
  @Field(() => String)
  readonly projectName!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly question!: string;

  @Field(() => GraphQLUUID)
  readonly labelVersionId!: string;

  @Field(() => GraphQLJSONObject)
  readonly base!: Record<string, unknown>;

  @Field(() => [ArmInput], { description: "All on the same items, folds and seeds" })
  readonly arms!: ArmInput[];

  @Field(() => Int, {
    description:
      "3 to 20; one tests, one validates, the others train. Where every arm keeps its last epoch (choose: last) none validates, and one more trains",
  })
  readonly folds!: number;

  @Field(() => Int, { description: "1 to 20; each is another partition, and counts as a seed does" })
  readonly repeats!: number;

  @Field(() => Int, { defaultValue: 0, description: "Of the partitions" })
  readonly seed!: number;

  @Field(() => Float, { nullable: true, description: "In the metric that will be compared, above 0" })
  readonly equivalenceMargin?: number | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Start from weights that have seen pictures of a test fold all the same; boards then carry a stamp",
  })
  readonly acceptOverlap?: boolean;
}
