import { Field, Float, Int, ObjectType } from "type-graphql";
import { type Verdict, VerdictEnum } from "../comparison/verdict.ts";

@ObjectType({
  description: "Steps of the arm to the common target, as a multiple of the reference's: below 1 is faster",
})
export class SpeedGap {
  @Field(() => Float, {
    nullable: true,
    description: "Geometric mean over paired seeds. Null where a run never reached the target: see the bounds",
  })
  readonly ratio!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "t interval of the paired logarithms; null as the ratio, and below two seeds",
  })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true })
  readonly high!: number | null;

  @Field(() => Float)
  readonly level!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "Where only runs of the arm never reached it: the ratio with these at their last step, which is too low",
  })
  readonly atLeast!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Where only runs of the reference never reached it: likewise, too high",
  })
  readonly atMost!: number | null;

  @Field(() => Int, { description: "Seeds of which both arms have a curve" })
  readonly seeds!: number;

  @Field(() => Int, { description: "Of these, runs of the arm that reached the target" })
  readonly reached!: number;

  @Field(() => Int)
  readonly reachedByReference!: number;

  @Field(() => VerdictEnum, {
    nullable: true,
    description:
      "BETTER is faster. Null below 5 seeds, where a run never reached the target, and until every run has ended",
  })
  readonly verdict!: Verdict | null;

  @Field(() => String)
  readonly reason!: string;

  @Field(() => Float, {
    nullable: true,
    description: "The ratio below 1 that would be found at 80 % power with these seeds",
  })
  readonly detectable!: number | null;
}
