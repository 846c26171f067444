import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType()
export class ChanceOfNoPositive {
  @Field(() => Int, { description: "Tiles drawn" })
  readonly drawn!: number;

  @Field(() => Float)
  readonly chance!: number;
}
