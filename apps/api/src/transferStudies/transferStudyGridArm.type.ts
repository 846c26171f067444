import { GraphQLJSONObject } from "graphql-scalars";
import { Field, Float, ObjectType } from "type-graphql";

@ObjectType()
export class TransferStudyGridArm {
  @Field(() => String, { description: "Of the experiment" })
  readonly name!: string;

  @Field(() => Float)
  readonly fraction!: number;

  @Field(() => GraphQLJSONObject, { description: "The full configuration" })
  readonly configuration!: Record<string, unknown>;
}
