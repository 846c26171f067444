import { Field, ObjectType } from "type-graphql";

@ObjectType({ description: "One score of an item" })
export class Metric {
  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly label!: string;

  @Field(() => String, { nullable: true })
  readonly unit!: string | null;

  @Field(() => Boolean)
  readonly higherIsBetter!: boolean;

  @Field(() => String, { description: "How it is computed, and what empty masks are given" })
  readonly convention!: string;
}
