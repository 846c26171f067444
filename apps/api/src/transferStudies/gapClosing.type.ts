import { Field, Float, ObjectType } from "type-graphql";

@ObjectType({ description: "From which fraction on the arm's advantage is smaller than the declared margin" })
export class GapClosing {
  @Field(() => Float, {
    nullable: true,
    description:
      "The smallest fraction at which, and at every larger one, the final gap is equivalent within the margin or its interval ends below it. Null: it is not shown to close",
  })
  readonly fraction!: number | null;

  @Field(() => String)
  readonly sentence!: string;
}
