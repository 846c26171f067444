import { Field, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "How far a noise study has come: label versions, then runs, then further scorings" })
export class NoiseStudyProgress {
  @Field(() => Int)
  readonly versions!: number;

  @Field(() => Int)
  readonly versionsMade!: number;

  @Field(() => Int, { description: "Failed or cancelled; createNoiseStudy with the same input tries again" })
  readonly versionsFailed!: number;

  @Field(() => Int)
  readonly runs!: number;

  @Field(() => Int, { description: "Not queued yet: their label version is not made" })
  readonly runsWaiting!: number;

  @Field(() => Int)
  readonly runsSucceeded!: number;

  @Field(() => Int, { description: "Failed or cancelled" })
  readonly runsFailed!: number;

  @Field(() => Int, { description: "On noisy labels, after the first one on the labels without noise" })
  readonly scorings!: number;

  @Field(() => Int)
  readonly scoringsDone!: number;

  @Field(() => Int, { description: "createNoiseStudy with the same input tries again" })
  readonly scoringsFailed!: number;

  @Field(() => Boolean, { description: "Nothing is left to do, or what is left has failed" })
  readonly isOver!: boolean;
}
