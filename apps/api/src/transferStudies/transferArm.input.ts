import { GraphQLJSONObject } from "graphql-scalars";
import { Field, InputType } from "type-graphql";

@InputType()
export class TransferArmInput {
  @Field(() => String)
  readonly name!: string;

  @Field(() => GraphQLJSONObject, { description: "As a configuration's startingWeights" })
  readonly startingWeights!: Record<string, unknown>;
}
