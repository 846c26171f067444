import { GraphQLJSONObject } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import { UNetFacts } from "./unetFacts.type.ts";

@ObjectType()
export class UNetStudyGridArm {
  @Field(() => String)
  readonly name!: string;

  @Field(() => GraphQLJSONObject, { description: "The full configuration" })
  readonly configuration!: Record<string, unknown>;

  @Field(() => UNetFacts)
  readonly model!: UNetFacts;
}
