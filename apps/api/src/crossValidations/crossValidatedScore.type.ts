import { Field, Float, Int, ObjectType } from "type-graphql";
import { Difference } from "../comparison/difference.type.ts";

@ObjectType({ description: "An arm's score over all items, each as its fold's model predicted it" })
export class CrossValidatedScore {
  @Field(() => String)
  readonly arm!: string;

  @Field(() => [Float], { description: "One per repeat whose folds are all scored" })
  readonly perRepeat!: readonly number[];

  @Field(() => Float, { nullable: true, description: "Over the repeats" })
  readonly mean!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Over the repeats: of partition and training, not of other items",
  })
  readonly sd!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "sd / sqrt(repeats), as Ilse et al. 2018 print it; repeats share their items, so it is no error of the mean for other items",
  })
  readonly standardError!: number | null;

  @Field(() => Difference, {
    nullable: true,
    description:
      "This arm minus the first, paired by repeat, which counts as a seed does: of these items. Null for the first",
  })
  readonly difference!: Difference | null;

  @Field(() => Int, { description: "Items" })
  readonly n!: number;

  @Field(() => Int, { description: "Planned" })
  readonly runs!: number;

  @Field(() => Int)
  readonly runsScored!: number;
}
