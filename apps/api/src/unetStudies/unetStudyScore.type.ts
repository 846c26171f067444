import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "One arm under one metric" })
export class UNetStudyScore {
  @Field(() => String)
  readonly metric!: string;

  @Field(() => Float, { nullable: true, description: "Over items, averaged over seeds" })
  readonly mean!: number | null;

  @Field(() => Float, { nullable: true, description: "Over seeds; null below two" })
  readonly sd!: number | null;

  @Field(() => Float, { nullable: true, description: "95 % t interval over seeds; null below two" })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true })
  readonly high!: number | null;

  @Field(() => Int)
  readonly seeds!: number;

  @Field(() => Int, { description: "With a defined score in every run of the arm" })
  readonly items!: number;
}
