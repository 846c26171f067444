import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, InputType, Int } from "type-graphql";
import { SplitRuleEnum } from "../graphql/enums.ts";

@InputType()
export class CreateSplitInput {
  @Field(() => GraphQLUUID)
  readonly datasetId!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => SplitRuleEnum)
  readonly rule!: "by-subject";

  @Field(() => Float)
  readonly trainShare!: number;

  @Field(() => Float)
  readonly validationShare!: number;

  @Field(() => Int)
  readonly seed!: number;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Near-duplicate pictures go to one fold, as the items of a subject do; every item must be hashed",
  })
  readonly keepDuplicatesTogether!: boolean;
}
