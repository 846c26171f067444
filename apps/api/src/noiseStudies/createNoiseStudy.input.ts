import { GraphQLJSONObject, GraphQLUUID } from "graphql-scalars";
import { Field, Float, InputType, Int } from "type-graphql";
import { NoiseInput } from "./noise.input.ts";
import { NoiseMethodInput } from "./noiseMethod.input.ts";

@InputType()
export class CreateNoiseStudyInput {
  @Field(() => String)
  readonly projectName!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly question!: string;

  @Field(() => GraphQLUUID, {
    description: "The labels without noise: every noise is made of them, and every run is scored on them first",
  })
  readonly labelVersionId!: string;

  @Field(() => GraphQLUUID)
  readonly splitId!: string;

  @Field(() => GraphQLJSONObject, { description: "What all methods share" })
  readonly base!: Record<string, unknown>;

  @Field(() => [NoiseMethodInput], { description: "The first is the reference" })
  readonly methods!: NoiseMethodInput[];

  @Field(() => [NoiseInput])
  readonly noises!: NoiseInput[];

  @Field(() => Int, {
    defaultValue: 0,
    description:
      "Of the noise: one corrupted set per kind and level, the same for all methods and seeds, and nested in the levels",
  })
  readonly noiseSeed!: number;

  @Field(() => [Int], { description: "Of training" })
  readonly seeds!: number[];

  @Field(() => Float, { nullable: true, description: "In mean AUC or Dice over the noise range, above 0" })
  readonly equivalenceMargin?: number | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Start from weights that have seen pictures of the test fold all the same; boards then carry a stamp",
  })
  readonly acceptOverlap?: boolean;
}
