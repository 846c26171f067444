import { GraphQLJSONObject, GraphQLUUID } from "graphql-scalars";
import { Field, InputType } from "type-graphql";

@InputType()
export class ArmInput {
  @Field(() => String)
  readonly name!: string;

  @Field(() => GraphQLJSONObject)
  readonly changes!: Record<string, unknown>;

  @Field(() => GraphQLUUID, {
    nullable: true,
    description:
      "What its runs learn from, where it is another version of the same classes; evaluationLabelVersionId then says what all arms are scored on",
  })
  readonly labelVersionId?: string | null;
}
