import { Field, ObjectType } from "type-graphql";

@ObjectType()
export class ConfigurationProblem {
  @Field(() => String, { description: "Dotted path, e.g. model.size" })
  readonly field!: string;

  @Field(() => String)
  readonly expected!: string;

  @Field(() => String)
  readonly got!: string;

  @Field(() => String)
  readonly fix!: string;
}
