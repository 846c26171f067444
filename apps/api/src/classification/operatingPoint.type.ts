import { Field, Float, ObjectType } from "type-graphql";

@ObjectType({ description: "A point of the ROC curve, chosen on the same items" })
export class OperatingPoint {
  @Field(() => Float, {
    nullable: true,
    description: "Items with this probability or more are called present; null: none is",
  })
  readonly threshold!: number | null;

  @Field(() => Float)
  readonly sensitivity!: number;

  @Field(() => Float, { description: "The one reached: the asked one or more" })
  readonly specificity!: number;
}
