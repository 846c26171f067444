import { Field, Float, Int, ObjectType } from "type-graphql";
import { type Verdict, VerdictEnum } from "../comparison/verdict.ts";

@ObjectType({
  description:
    "Steps of the arm to the common target, as a multiple of the reference's: below 1 is faster. A run that never reached it counts with all its steps",
})
export class SpeedGap {
  @Field(() => Float, {
    nullable: true,
    description: "Geometric mean over paired seeds. Null where no run of either arm reached the target",
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
      "The ratio again, where runs of the arm alone never reached it: without a budget it would be at least this",
  })
  readonly atLeast!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "The ratio again, where runs of the reference alone never reached it: at most this",
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
    description: "BETTER is faster. Null below 5 seeds, where no run reached the target, and until every run has ended",
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
