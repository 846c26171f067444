import { GraphQLJSONObject } from "graphql-scalars";
import { Field, InputType } from "type-graphql";

@InputType()
export class WitnessPoolingInput {
  @Field(() => String)
  readonly name!: string;

  @Field(() => GraphQLJSONObject, { description: "Of the base configuration, as an arm's: a model of bags" })
  readonly changes!: Record<string, unknown>;
}
