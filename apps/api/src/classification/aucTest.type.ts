import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({
  description:
    "DeLong's test of two runs of one seed in the AUC of one class: these runs only, never a verdict on the arms",
})
export class AucTest {
  @Field(() => Int)
  readonly seed!: number;

  @Field(() => String)
  readonly className!: string;

  @Field(() => Float)
  readonly a!: number;

  @Field(() => Float)
  readonly b!: number;

  @Field(() => Float, { description: "b - a" })
  readonly difference!: number;

  @Field(() => Float, { nullable: true, description: "95 %. Null where the standard error is 0" })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true })
  readonly high!: number | null;

  @Field(() => Float, { nullable: true, description: "Two-sided, of equal AUCs" })
  readonly p!: number | null;

  @Field(() => Int)
  readonly positives!: number;

  @Field(() => Int)
  readonly negatives!: number;
}
