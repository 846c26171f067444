import { GraphQLUUID } from "graphql-scalars";
import { Field, InputType } from "type-graphql";
import { ShownImageInput } from "./shownImage.input.ts";

@InputType({ description: "Two images that a run's filters are shown, before training and after" })
export class InspectFiltersInput {
  @Field(() => GraphQLUUID)
  readonly runId!: string;

  @Field(() => [ShownImageInput], { description: "Two: a natural one and a medical one, or any" })
  readonly images!: readonly ShownImageInput[];
}
