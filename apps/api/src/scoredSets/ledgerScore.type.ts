import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "One arm under one convention" })
export class LedgerScore {
  @Field(() => String)
  readonly arm!: string;

  @Field(() => Float, { nullable: true, description: "Averaged over seeds; null where nothing is defined" })
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
}
