import { Field, ObjectType } from "type-graphql";

@ObjectType({ description: "A file that was refused" })
export class ImportProblem {
  @Field(() => String)
  readonly path!: string;

  @Field(() => String)
  readonly code!: string;

  @Field(() => String)
  readonly message!: string;
}
