import { GraphQLJSONObject } from "graphql-scalars";
import { Field, InputType } from "type-graphql";

@InputType()
export class ArmInput {
  @Field(() => String)
  readonly name!: string;

  @Field(() => GraphQLJSONObject)
  readonly changes!: Record<string, unknown>;
}
