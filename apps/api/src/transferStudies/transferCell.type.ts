import { Field, Float, Int, ObjectType } from "type-graphql";
import { ArmScore } from "../comparison/armScore.type.ts";
import { Difference } from "../comparison/difference.type.ts";
import { RunStateCounts } from "../experiments/runStateCounts.type.ts";
import { LearningCurve } from "./learningCurve.type.ts";
import { SpeedGap } from "./speedGap.type.ts";
import { StepsToTarget } from "./stepsToTarget.type.ts";

@ObjectType({ description: "One arm at one fraction of the training fold" })
export class TransferCell {
  @Field(() => Float)
  readonly fraction!: number;

  @Field(() => String, { description: "Of the experiment" })
  readonly arm!: string;

  @Field(() => Int, {
    description:
      "That a run learns from: of a fraction of the subjects, all items. Where a subject has several the mean over seeds, rounded",
  })
  readonly trainItems!: number;

  @Field(() => Int, { description: "Of the seed that has fewest" })
  readonly leastTrainItems!: number;

  @Field(() => Int, { description: "Of the seed that has most" })
  readonly mostTrainItems!: number;

  @Field(() => Int, {
    description: "That a run learns from, whatever its seed; equal to the items where each is its own",
  })
  readonly trainSubjects!: number;

  @Field(() => Int, { description: "Updates of the weights in one run, of trainItems items" })
  readonly budget!: number;

  @Field(() => Float, { nullable: true, description: "Of training, mean over the runs that succeeded" })
  readonly secondsPerRun!: number | null;

  @Field(() => RunStateCounts)
  readonly runStates!: RunStateCounts;

  @Field(() => ArmScore, { description: "Its own runs, paired or not" })
  readonly score!: ArmScore;

  @Field(() => Float, { nullable: true, description: "95 % t interval over seeds; null below two" })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true })
  readonly high!: number | null;

  @Field(() => Difference, { nullable: true, description: "Against the reference at this fraction; null of itself" })
  readonly finalGap!: Difference | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "The common target on validation: chance + 0.95 x (final of the reference at this fraction - chance), where final is the mean over its seeds of the best checkpoint's validation score. Null where the reference is not above chance, and before it has a curve",
  })
  readonly target!: number | null;

  @Field(() => [StepsToTarget])
  readonly stepsToTarget!: readonly StepsToTarget[];

  @Field(() => SpeedGap, { nullable: true, description: "Against the reference at this fraction; null of itself" })
  readonly speedGap!: SpeedGap | null;

  @Field(() => LearningCurve)
  readonly curve!: LearningCurve;
}
