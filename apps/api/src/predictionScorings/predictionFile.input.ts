import { GraphQLUUID } from "graphql-scalars";
import { Field, InputType } from "type-graphql";

@InputType()
export class PredictionFileInput {
  @Field(() => GraphQLUUID)
  readonly itemId!: string;

  @Field(() => String, { description: "Of a PNG that was PUT to /files/<sha256>" })
  readonly sha256!: string;
}
