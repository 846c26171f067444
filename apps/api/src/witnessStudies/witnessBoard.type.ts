import type { RunState } from "@tessera/domain/words";
import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { ArmScore } from "../comparison/armScore.type.ts";
import { RunStateEnum } from "../graphql/enums.ts";

@ObjectType({ description: "The bags of one rate" })
export class WitnessRate {
  @Field(() => Float)
  readonly rate!: number;

  @Field(() => Int, { description: "In a positive bag" })
  readonly witnesses!: number;

  @Field(() => RunStateEnum, { description: "Of the job that composes the bags" })
  readonly state!: RunState;

  @Field(() => Int, { description: "Bags" })
  readonly total!: number;

  @Field(() => Int)
  readonly done!: number;

  @Field(() => String, { nullable: true })
  readonly error!: string | null;
}

@ObjectType({ description: "One pooling at one rate, on the test fold" })
export class WitnessPoint {
  @Field(() => Float)
  readonly rate!: number;

  @Field(() => String, { description: "Of the experiment" })
  readonly arm!: string;

  @Field(() => ArmScore, { description: "AUC" })
  readonly score!: ArmScore;

  @Field(() => Float, { nullable: true, description: "95 % t interval over seeds; null below two" })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true })
  readonly high!: number | null;
}

@ObjectType({
  description:
    "The rate below which a pooling cannot be told from chance: a value per seed, on a line over the rate's logarithm",
})
export class ChanceLimit {
  @Field(() => Float, {
    description: "Geometric mean over seeds; seeds without a limit within the rates count with the end they are at",
  })
  readonly estimate!: number;

  @Field(() => Float, { nullable: true, description: "95 % t interval over seeds; null: not bounded, or one seed" })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true })
  readonly high!: number | null;

  @Field(() => Int, { description: "With a score at every rate that the limit is of" })
  readonly seeds!: number;

  @Field(() => Int, { description: "Told from chance at every rate: their limit is lower" })
  readonly below!: number;

  @Field(() => Int, { description: "Not told from chance at the highest rate: their limit is higher" })
  readonly above!: number;
}

@ObjectType()
export class WitnessCurve {
  @Field(() => String)
  readonly pooling!: string;

  @Field(() => [WitnessPoint], { description: "By rate" })
  readonly points!: readonly WitnessPoint[];

  @Field(() => ChanceLimit, {
    nullable: true,
    description: "Null before a seed is scored; of the rates that most seeds are scored at",
  })
  readonly limit!: ChanceLimit | null;

  @Field(() => String, { description: "The limit in words" })
  readonly limitText!: string;
}

@ObjectType({ description: "How far a witness study has come: bags, then runs" })
export class WitnessStudyProgress {
  @Field(() => Int)
  readonly rates!: number;

  @Field(() => Int, { description: "Whose bags are there" })
  readonly ratesMade!: number;

  @Field(() => Int, { description: "Failed or cancelled; createWitnessStudy with the same input tries again" })
  readonly ratesFailed!: number;

  @Field(() => Int)
  readonly runs!: number;

  @Field(() => Int, { description: "Not queued yet: their bags are not there" })
  readonly runsWaiting!: number;

  @Field(() => Int)
  readonly runsSucceeded!: number;

  @Field(() => Int, { description: "Failed or cancelled" })
  readonly runsFailed!: number;

  @Field(() => Boolean, { description: "Nothing is left to do, or what is left has failed" })
  readonly isOver!: boolean;
}

@ObjectType({ description: "AUC on test against the witness rate, by pooling" })
export class WitnessStudyBoard {
  @Field(() => [String], { description: "In the order of the design" })
  readonly poolings!: readonly string[];

  @Field(() => Int, { description: "Of every bag" })
  readonly tiles!: number;

  @Field(() => Int, { description: "Test bags of a rate" })
  readonly testBags!: number;

  @Field(() => Int, { description: "Of the draw of bags" })
  readonly bagSeed!: number;

  @Field(() => GraphQLUUID, { description: "Of the composed bags" })
  readonly bagDatasetId!: string;

  @Field(() => Float, { description: "Exceeded by chance alone in 2.5 % of scorings of these test bags" })
  readonly chanceCeiling!: number;

  @Field(() => WitnessStudyProgress)
  readonly progress!: WitnessStudyProgress;

  @Field(() => [WitnessRate])
  readonly rates!: readonly WitnessRate[];

  @Field(() => [WitnessCurve])
  readonly curves!: readonly WitnessCurve[];

  @Field(() => String, { description: "The answer in words; of fewer than five seeds an estimate, no verdict" })
  readonly answer!: string;

  @Field(() => [String], { description: "What to know when reading the board, a sentence each" })
  readonly notes!: readonly string[];
}
