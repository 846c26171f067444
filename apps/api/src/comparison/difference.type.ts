import { Field, Float, Int, ObjectType } from "type-graphql";
import { type Verdict, VerdictEnum } from "./verdict.ts";

@ObjectType({ description: "Second arm minus first arm, from the means of paired seeds" })
export class Difference {
  @Field(() => Float, { nullable: true, description: "Null without a seed that both arms have" })
  readonly estimate!: number | null;

  @Field(() => Float, { nullable: true, description: "Null below two seeds" })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true })
  readonly high!: number | null;

  @Field(() => Float)
  readonly level!: number;

  @Field(() => Int, { description: "Seeds that both arms have" })
  readonly seeds!: number;

  @Field(() => Int)
  readonly items!: number;

  @Field(() => VerdictEnum, {
    nullable: true,
    description: "Null below 5 seeds, and until every run of both arms has ended",
  })
  readonly verdict!: Verdict | null;

  @Field(() => String, { description: "Why this verdict, or why none" })
  readonly reason!: string;

  @Field(() => Float, { nullable: true, description: "The smallest effect found at 80 % power with these seeds" })
  readonly detectable!: number | null;
}
