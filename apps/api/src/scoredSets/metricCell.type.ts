import { Field, Float, Int, ObjectType } from "type-graphql";
import { Difference } from "../comparison/difference.type.ts";

@ObjectType({ description: "One arm under one metric" })
export class MetricCell {
  @Field(() => String)
  readonly metric!: string;

  @Field(() => Float, {
    nullable: true,
    description: "Over items, averaged over seeds; null before a mask is measured",
  })
  readonly mean!: number | null;

  @Field(() => Float, { nullable: true, description: "Over seeds; null below two" })
  readonly sd!: number | null;

  @Field(() => Float, { nullable: true, description: "95 % t interval over seeds; null below two" })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true })
  readonly high!: number | null;

  @Field(() => Int)
  readonly seeds!: number;

  @Field(() => Int, { description: "Items with a defined score in every run of the arm" })
  readonly items!: number;

  @Field(() => Int)
  readonly undefinedItems!: number;

  @Field(() => Difference, { nullable: true, description: "Against the reference arm; null for itself" })
  readonly difference!: Difference | null;
}
