import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "Equivalent boundary error of one arm, pixels" })
export class RegionSizeArm {
  @Field(() => String)
  readonly arm!: string;

  @Field(() => Float, { nullable: true, description: "Mean over items, averaged over seeds" })
  readonly equivalentError!: number | null;

  @Field(() => Float, { nullable: true, description: "95 % t interval over seeds; null below two" })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true })
  readonly high!: number | null;

  @Field(() => Int)
  readonly seeds!: number;

  @Field(() => Int)
  readonly items!: number;

  @Field(() => Int, {
    description: "Items of which nothing was found in some seed: their error is at least what was counted",
  })
  readonly atLeast!: number;
}
