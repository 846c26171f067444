import { Field, Float, Int, ObjectType } from "type-graphql";
import { Difference } from "../comparison/difference.type.ts";
import { SeedScore } from "../comparison/seedScore.type.ts";
import { SpeedGap } from "../transferStudies/speedGap.type.ts";
import { StepsToTarget } from "../transferStudies/stepsToTarget.type.ts";

@ObjectType({ description: "An arm of a layer-cut study" })
export class LayerCutPoint {
  @Field(() => String)
  readonly arm!: string;

  @Field(() => Int, { nullable: true, description: "Blocks that are transferred; 0: random. Null: statistics only" })
  readonly k!: number | null;

  @Field(() => String, { nullable: true, description: "The last block that is transferred" })
  readonly block!: string | null;

  @Field(() => Float, { nullable: true, description: "Over seeds" })
  readonly mean!: number | null;

  @Field(() => Float, { nullable: true, description: "95 % interval of the mean over seeds; null below two" })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true })
  readonly high!: number | null;

  @Field(() => [SeedScore], { description: "Seeds that this arm and the whole encoder have" })
  readonly perSeed!: readonly SeedScore[];

  @Field(() => Difference, { nullable: true, description: "Minus the whole encoder; null for that itself" })
  readonly difference!: Difference | null;

  @Field(() => [StepsToTarget], { description: "As of the transfer board: the target is that of random weights" })
  readonly stepsToTarget!: readonly StepsToTarget[];

  @Field(() => SpeedGap, { nullable: true, description: "Against random weights; null of these" })
  readonly speedGap!: SpeedGap | null;
}
