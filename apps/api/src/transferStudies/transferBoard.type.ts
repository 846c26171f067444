import type { Fold } from "@tessera/domain/words";
import { Field, Float, ObjectType } from "type-graphql";
import { FoldEnum } from "../graphql/enums.ts";
import { Metric } from "../scoredSets/metric.type.ts";
import { TransferArm } from "./transferArm.type.ts";

@ObjectType({
  description:
    "Does pretraining help? Starting weights x fractions of the training fold: the final gap and the speed gap, apart",
})
export class TransferBoard {
  @Field(() => FoldEnum, { description: "Of the final gap; curves and speed are of validation" })
  readonly fold!: Fold;

  @Field(() => Metric)
  readonly metric!: Metric;

  @Field(() => Float, {
    nullable: true,
    description: "Of the metric on this fold. Null where it has none, and before a run is scored",
  })
  readonly chance!: number | null;

  @Field(() => String, { description: "What chance is here" })
  readonly chanceText!: string;

  @Field(() => String, { description: "Series that the curves and the speed are of" })
  readonly series!: string;

  @Field(() => Float, {
    nullable: true,
    description: "Of the series; of Dice null before a run is scored on validation",
  })
  readonly seriesChance!: number | null;

  @Field(() => String, { description: "Name of the random arm" })
  readonly reference!: string;

  @Field(() => [Float], { description: "Of the training fold's subjects, ascending" })
  readonly fractions!: readonly number[];

  @Field(() => Float, {
    nullable: true,
    description: "Declared before the runs, for AUC or Dice; null for another metric",
  })
  readonly equivalenceMargin!: number | null;

  @Field(() => [TransferArm], { description: "The reference first" })
  readonly arms!: readonly TransferArm[];

  @Field(() => String, { description: "Of all arms against the reference, in the words of the verdicts" })
  readonly verdict!: string;

  @Field(() => [String], { description: "What to know when reading the verdicts, a sentence each" })
  readonly notes!: readonly string[];
}
