import { Field, Float, ObjectType } from "type-graphql";

@ObjectType({ description: "The lowest and the highest Dice that an arm's same counts can be given" })
export class LedgerSpread {
  @Field(() => String)
  readonly arm!: string;

  @Field(() => Float, { nullable: true })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true })
  readonly high!: number | null;

  @Field(() => String, { nullable: true })
  readonly lowConvention!: string | null;

  @Field(() => String, { nullable: true })
  readonly highConvention!: string | null;
}
