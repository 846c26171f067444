import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "A reader's confusion matrix, after Dawid and Skene" })
export class ReaderConfusion {
  @Field(() => String)
  readonly reader!: string;

  @Field(() => Int)
  readonly opinions!: number;

  @Field(() => [[Float]], { description: "[true category][called category], rows sum to 1" })
  readonly rates!: number[][];

  @Field(() => [Float], {
    description: "Per true category: the reader's items that have it, in expectation: what its row rests on",
  })
  readonly items!: number[];
}

@ObjectType({ description: "Dawid and Skene's model of one question" })
export class ReaderModel {
  @Field(() => String, {
    nullable: true,
    description: "The class that is absent or present; null: which of exclusive classes",
  })
  readonly className!: string | null;

  @Field(() => [Float], { description: "Per category" })
  readonly prevalence!: number[];

  @Field(() => [ReaderConfusion])
  readonly readers!: ReaderConfusion[];

  @Field(() => Int)
  readonly iterations!: number;

  @Field(() => Boolean)
  readonly converged!: boolean;
}

@ObjectType({ description: "A reader's masks against the consensus of all, over items and classes" })
export class ReaderAgainstConsensus {
  @Field(() => String)
  readonly reader!: string;

  @Field(() => Int)
  readonly items!: number;

  @Field(() => Float, { nullable: true, description: "Mean" })
  readonly dice!: number | null;

  @Field(() => Float, { nullable: true, description: "Shared pixels ÷ the consensus's" })
  readonly sensitivity!: number | null;

  @Field(() => Float, { nullable: true, description: "Shared pixels ÷ the reader's" })
  readonly precision!: number | null;
}

@ObjectType({
  description:
    "What a noise rule did; each item's original and corrupted label are those of labelVersionDiff(a: madeFrom, b: this)",
})
export class NoiseLedger {
  @Field(() => Int, { description: "Items, or of classes that are not exclusive known values" })
  readonly labels!: number;

  @Field(() => Int, { description: "Drawn anew; some came out as they were" })
  readonly drawn!: number;

  @Field(() => Int)
  readonly changed!: number;

  @Field(() => Float, { description: "changed ÷ labels" })
  readonly effectiveRate!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "Chance that a label changes, by the model: p (K − 1) ÷ K of a share p drawn anew over K classes. Null of masks",
  })
  readonly expectedRate!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Mean Dice of the masks that were made with what they were; null of classes",
  })
  readonly dice!: number | null;
}

@ObjectType({ description: "What a rule found beside the labels" })
export class RuleResult {
  @Field(() => Int, { description: "Items with an opinion that got no label" })
  readonly withoutLabel!: number;

  @Field(() => Int, { nullable: true, description: "Questions whose votes were level; null: the rule knows no ties" })
  readonly ties!: number | null;

  @Field(() => NoiseLedger, { nullable: true })
  readonly noise!: NoiseLedger | null;

  @Field(() => [ReaderModel])
  readonly models!: ReaderModel[];

  @Field(() => [ReaderAgainstConsensus])
  readonly readers!: ReaderAgainstConsensus[];
}
