import type { AgainstDirect } from "@tessera/analysis/labelChain/composedAgainstDirect";
import type { SetsDiffer } from "@tessera/analysis/labelChain/setsDiffer";
import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "A share, or a difference of shares, with its 95 % interval" })
export class RateEstimate {
  @Field(() => Float)
  readonly value!: number;

  @Field(() => Float)
  readonly low!: number;

  @Field(() => Float)
  readonly high!: number;
}

@ObjectType({ description: "Of one class, at the chain's prevalence" })
export class LabelClassQuality {
  @Field(() => String)
  readonly name!: string;

  @Field(() => RateEstimate)
  readonly prevalence!: RateEstimate;

  @Field(() => RateEstimate)
  readonly sensitivity!: RateEstimate;

  @Field(() => RateEstimate)
  readonly specificity!: RateEstimate;

  @Field(() => RateEstimate, { nullable: true, description: "Null: nothing is labelled so" })
  readonly ppv!: RateEstimate | null;

  @Field(() => RateEstimate, { description: "Share of all items that are labelled so" })
  readonly labelled!: RateEstimate;
}

@ObjectType()
export class LabelMatrix {
  @Field(() => [[RateEstimate]], { description: "A row for each class before, a column for each class after" })
  readonly matrix!: readonly (readonly RateEstimate[])[];

  @Field(() => RateEstimate, { description: "Share of all items whose label is right" })
  readonly accuracy!: RateEstimate;

  @Field(() => [LabelClassQuality])
  readonly classes!: readonly LabelClassQuality[];
}

@ObjectType({ description: "Whether the sets of a stage have the same rates: Pearson's chi-square, by design effect" })
export class SetsTest {
  @Field(() => Float)
  readonly chiSquare!: number;

  @Field(() => Int)
  readonly degreesOfFreedom!: number;

  @Field(() => Float)
  readonly p!: number;

  @Field(() => Int, { description: "Cells with fewer than 5 expected items: p is then rough" })
  readonly thinCells!: number;
}

@ObjectType({ description: "What the labels would gain if the stage were perfect" })
export class LabelClassGain {
  @Field(() => String)
  readonly name!: string;

  @Field(() => RateEstimate)
  readonly sensitivity!: RateEstimate;

  @Field(() => RateEstimate)
  readonly specificity!: RateEstimate;

  @Field(() => RateEstimate, { nullable: true })
  readonly ppv!: RateEstimate | null;
}

@ObjectType()
export class LabelStageResult {
  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly source!: string;

  @Field(() => [[Int]], { description: "What the matrix was read from" })
  readonly counts!: readonly (readonly number[])[];

  @Field(() => Int)
  readonly items!: number;

  @Field(() => Boolean, { description: "False: the stage has no sample of the chosen set, and all it has stands in" })
  readonly ofSet!: boolean;

  @Field(() => [[RateEstimate]])
  readonly matrix!: readonly (readonly RateEstimate[])[];

  @Field(() => SetsTest, { nullable: true, description: "Null: one set" })
  readonly setsDiffer!: SetsDiffer | null;

  @Field(() => RateEstimate, { description: "Gain in label accuracy if this stage were perfect" })
  readonly gain!: RateEstimate;

  @Field(() => [LabelClassGain])
  readonly classGains!: readonly LabelClassGain[];

  @Field(() => RateEstimate, {
    nullable: true,
    description: "How much more the stage with the largest gain would bring; null of that one",
  })
  readonly behind!: RateEstimate | null;
}

@ObjectType({ description: "Composed minus direct: a test of the assumption" })
export class ComposedAgainstDirect {
  @Field(() => [[RateEstimate]])
  readonly differences!: AgainstDirect["differences"];

  @Field(() => RateEstimate, { description: "In label accuracy" })
  readonly accuracy!: RateEstimate;

  @Field(() => Float, { description: "Of the largest difference of all entries" })
  readonly p!: number;

  @Field(() => Boolean)
  readonly contradicted!: boolean;

  @Field(() => Float, { description: "A difference smaller than this could have gone unseen" })
  readonly unseen!: number;

  @Field(() => String)
  readonly text!: string;
}

@ObjectType({ description: "What becomes of a class from the image to the label, and which step costs most" })
export class LabelChainBoard {
  @Field(() => String, { nullable: true, description: "Null: all sets together" })
  readonly set!: string | null;

  @Field(() => [LabelStageResult])
  readonly stages!: readonly LabelStageResult[];

  @Field(() => LabelMatrix, { description: "[class of the image][label]: the stages one after another" })
  readonly composed!: LabelMatrix;

  @Field(() => LabelMatrix, { nullable: true, description: "Null: no direct sample (of this set)" })
  readonly direct!: LabelMatrix | null;

  @Field(() => Int, { description: "Of the direct sample" })
  readonly directItems!: number;

  @Field(() => ComposedAgainstDirect, { nullable: true })
  readonly againstDirect!: ComposedAgainstDirect | null;

  @Field(() => Int, { nullable: true, description: "Place of the stage to fix first, from 0; null: undecided" })
  readonly fixFirst!: number | null;

  @Field(() => String, { description: "Which stage to fix first, or why that is undecided, with its numbers" })
  readonly fixFirstText!: string;

  @Field(() => String)
  readonly assumption!: string;

  @Field(() => [String], { description: "Where the intervals promise less than 95 %, and what else to know" })
  readonly warnings!: readonly string[];
}
