import { Field, Float, Int, ObjectType } from "type-graphql";
import { SeedScore } from "./seedScore.type.ts";

@ObjectType()
export class ArmScore {
  @Field(() => String)
  readonly arm!: string;

  @Field(() => Float, { nullable: true, description: "Mean over seeds of the mean over items" })
  readonly mean!: number | null;

  @Field(() => Float, { nullable: true, description: "Over seeds; null below two" })
  readonly sd!: number | null;

  @Field(() => Int)
  readonly seeds!: number;

  @Field(() => Int)
  readonly items!: number;

  @Field(() => [SeedScore])
  readonly perSeed!: SeedScore[];
}
