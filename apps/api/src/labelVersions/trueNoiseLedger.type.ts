import { Field, Float, Int, ObjectType } from "type-graphql";
import { LabelVersion } from "./labelVersion.type.ts";
import { MaskChanges } from "./labelVersionDiff.type.ts";

@ObjectType({ description: "What noise did to the labels of one class" })
export class TrueNoiseLedgerClass {
  @Field(() => String)
  readonly name!: string;

  @Field(() => Int, { description: "Of exclusive classes items that were of it; else its known values" })
  readonly labels!: number;

  @Field(() => Int)
  readonly changed!: number;

  @Field(() => Float, { nullable: true, description: "changed / labels; null without labels" })
  readonly effectiveRate!: number | null;
}

@ObjectType({
  description:
    "Of a version made by noise: what was asked and what became of it, against the last version before all noise. The corrupted items are those of labelVersionDiff between clean and this version",
})
export class TrueNoiseLedger {
  @Field(() => LabelVersion, { description: "The labels before the noise" })
  readonly clean!: LabelVersion;

  @Field(() => [String], { description: "The noise in words, in the order in which it was laid on" })
  readonly models!: string[];

  @Field(() => Float, { nullable: true, description: "Null: a matrix has none, or the noise was laid on twice" })
  readonly askedRate!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "What the last noise was to change by its model; null: it depends on masks or a reader",
  })
  readonly expectedRate!: number | null;

  @Field(() => Int, { description: "Items that both label" })
  readonly items!: number;

  @Field(() => Int, { description: "Of them with another label" })
  readonly corrupted!: number;

  @Field(() => Float, { description: "corrupted / items" })
  readonly effectiveRate!: number;

  @Field(() => [TrueNoiseLedgerClass], { description: "Empty of masks" })
  readonly classes!: TrueNoiseLedgerClass[];

  @Field(() => MaskChanges, { nullable: true, description: "Null of classes" })
  readonly masks!: MaskChanges | null;
}
