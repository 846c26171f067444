import { GraphQLJSONObject } from "graphql-scalars";
import { Field, InputType, Int } from "type-graphql";

@InputType()
export class CreateForeignRunInput {
  @Field(() => String)
  readonly projectName!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => String, { nullable: true })
  readonly arm?: string | null;

  @Field(() => Int, { nullable: true })
  readonly seed?: number | null;

  @Field(() => GraphQLJSONObject)
  readonly configuration!: Record<string, unknown>;
}
