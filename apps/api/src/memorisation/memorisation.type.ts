import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { LabelVersion } from "../labelVersions/labelVersion.type.ts";

@ObjectType({ description: "Seeds of one series, epoch by epoch" })
export class EpochBand {
  @Field(() => [Int], { description: "From 1" })
  readonly epochs!: number[];

  @Field(() => [Float], { nullable: "items", description: "Over seeds" })
  readonly mean!: (number | null)[];

  @Field(() => [Float], { nullable: "items" })
  readonly low!: (number | null)[];

  @Field(() => [Float], { nullable: "items" })
  readonly high!: (number | null)[];

  @Field(() => [Int])
  readonly seeds!: number[];
}

@ObjectType()
export class MemorisedRun {
  @Field(() => GraphQLUUID)
  readonly runId!: string;

  @Field(() => Int)
  readonly seed!: number;

  @Field(() => Int, { nullable: true, description: "Epoch from 1; null: memorisation does not begin in its epochs" })
  readonly onset!: number | null;

  @Field(() => Float, { nullable: true, description: "Memorised at its last epoch; null: nothing is corrupted" })
  readonly share!: number | null;
}

@ObjectType({ description: "Runs whose labels have the same noise" })
export class MemorisationCurve {
  @Field(() => String, { description: "The noise in words" })
  readonly noise!: string;

  @Field(() => [LabelVersion], { description: "More than one where the noise was drawn with several seeds" })
  readonly labelVersions!: LabelVersion[];

  @Field(() => Float, { nullable: true })
  readonly askedRate!: number | null;

  @Field(() => Float, { description: "Share of labels that the noise has changed, of all items of the version" })
  readonly effectiveRate!: number;

  @Field(() => [MemorisedRun])
  readonly runs!: MemorisedRun[];

  @Field(() => Float, { nullable: true, description: "Mean over the seeds that have one; null: none has" })
  readonly onset!: number | null;

  @Field(() => Float, { nullable: true, description: "Over seeds" })
  readonly onsetSd!: number | null;

  @Field(() => Float, { nullable: true, description: "Memorised at the end, mean over seeds" })
  readonly share!: number | null;

  @Field(() => Float, { nullable: true, description: "Over seeds" })
  readonly shareSd!: number | null;

  @Field(() => EpochBand, { description: "Cross entropy with the given labels, nats; of masks per pixel" })
  readonly cleanLoss!: EpochBand;

  @Field(() => EpochBand)
  readonly corruptedLoss!: EpochBand;

  @Field(() => EpochBand, { description: "Share of labels that are predicted as given; of classes" })
  readonly cleanFitted!: EpochBand;

  @Field(() => EpochBand)
  readonly corruptedFitted!: EpochBand;

  @Field(() => EpochBand, { description: "Share of corrupted labels that are predicted as they were before the noise" })
  readonly corruptedAsTrue!: EpochBand;
}

@ObjectType({
  description: "What runs on noisy labels fit of clean and of corrupted ones, epoch by epoch: one curve per noise",
})
export class Memorisation {
  @Field(() => String, { description: "When memorisation begins, and what its share is" })
  readonly rule!: string;

  @Field(() => LabelVersion, { description: "The labels before the noise" })
  readonly clean!: LabelVersion;

  @Field(() => String, { description: "Of the experiment; of a run its own" })
  readonly arm!: string;

  @Field(() => [String], { description: "Arms of different configurations: one of each" })
  readonly arms!: string[];

  @Field(() => [MemorisationCurve], { description: "From the least effective rate to the highest" })
  readonly curves!: MemorisationCurve[];
}
