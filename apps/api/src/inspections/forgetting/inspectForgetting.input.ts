import { GraphQLUUID } from "graphql-scalars";
import { Field, InputType } from "type-graphql";

@InputType({ description: "Two runs of one architecture" })
export class InspectForgettingInput {
  @Field(() => GraphQLUUID, { description: "Whose head and validation fold are used" })
  readonly earlierRunId!: string;

  @Field(() => GraphQLUUID, { description: "Whose encoder is put under that head" })
  readonly laterRunId!: string;
}
