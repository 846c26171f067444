import type { Run as RunRow } from "@tessera/store/runs";
import type { Weights as WeightsRow } from "@tessera/store/weights";
import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { Difference } from "../comparison/difference.type.ts";
import { DuplicatePair } from "../duplicates/duplicatePair.type.ts";
import { Experiment } from "../experiments/experiment.type.ts";
import { Inspection } from "../inspections/inspection.type.ts";
import { Run } from "../runs/run.type.ts";
import { Weights } from "../weights/weights.type.ts";

export const LineageNodeKindEnum = { RANDOM: "random", IMPORTED: "imported", UNKNOWN: "unknown", RUN: "run" } as const;
export type LineageNodeKind = (typeof LineageNodeKindEnum)[keyof typeof LineageNodeKindEnum];
registerEnumType(LineageNodeKindEnum, {
  name: "LineageNodeKind",
  description: "UNKNOWN: of a script that does not tell where it starts",
});

@ObjectType({
  description:
    "What a hop is worth on the target: test scores of two arms that differ only in where they start. Both take of it as much as the target does, else the whole encoder",
})
export class HopGain {
  @Field(() => Difference, { description: "The arm from this hop minus the arm from the hop before it" })
  readonly difference!: Difference;

  @Field(() => String, { description: "AUC or Dice" })
  readonly metric!: string;

  @Field(() => Experiment)
  readonly experiment!: unknown;

  @Field(() => String)
  readonly armBefore!: string;

  @Field(() => String)
  readonly armAfter!: string;
}

@ObjectType({
  description: "Pictures of a hop's training or validation fold (first) that the target's test fold has too (second)",
})
export class HopOverlap {
  @Field(() => Int)
  readonly count!: number;

  @Field(() => [DuplicatePair], { description: "The surest 50" })
  readonly pairs!: readonly DuplicatePair[];

  @Field(() => Int, { description: "Items of either side without a hash, of which nothing is known" })
  readonly unhashed!: number;
}

@ObjectType({ description: "Weights in a chain: where it begins, a run on the way, or the run itself" })
export class LineageNode {
  @Field(() => GraphQLUUID, {
    description: "Of the run or the imported weights; a beginning without either has one of its own",
  })
  readonly id!: string;

  @Field(() => LineageNodeKindEnum)
  readonly kind!: LineageNodeKind;

  @Field(() => Run, { nullable: true })
  readonly run!: RunRow | null;

  @Field(() => Weights, { nullable: true })
  readonly weights!: WeightsRow | null;

  @Field(() => Float, {
    nullable: true,
    description: "Of the best checkpoint on the run's own validation fold: Dice, or AUC",
  })
  readonly validationScore!: number | null;

  @Field(() => HopGain, {
    nullable: true,
    description: "Null of a beginning, of the target, and where no two such arms were run",
  })
  readonly gain!: HopGain | null;

  @Field(() => [Inspection], {
    description: "What later weights of this chain have forgotten of this hop: inspections, newest first",
  })
  readonly forgetting!: readonly unknown[];

  @Field(() => HopOverlap, {
    nullable: true,
    description: "Null of a beginning, of the target itself, and where the target has no split",
  })
  readonly overlap!: HopOverlap | null;
}
