import { Field, ObjectType } from "type-graphql";

@ObjectType({ description: "A metric of classification runs" })
export class ClassificationMetric {
  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly label!: string;

  @Field(() => Boolean)
  readonly higherIsBetter!: boolean;

  @Field(() => String, { description: "How it is computed" })
  readonly convention!: string;
}
