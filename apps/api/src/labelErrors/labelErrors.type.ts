import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { CountedShare } from "../graphql/countedShare.type.ts";
import type { LabelScore, labelScores } from "./suspect.ts";

export const LabelScoreEnum = {
  SELF_CONFIDENCE: "selfConfidence",
  NORMALISED_MARGIN: "normalisedMargin",
  MASK_QUALITY: "maskQuality",
  SOFTMIN: "softmin",
  SOFT_DICE: "softDice",
  DICE: "dice",
} as const satisfies Record<string, (typeof labelScores)[number]>;

registerEnumType(LabelScoreEnum, {
  name: "LabelScore",
  description: "How far a label is to be trusted, 0 to 1",
  valuesConfig: {
    SELF_CONFIDENCE: { description: "Of classes: the probability of the given class" },
    NORMALISED_MARGIN: { description: "Of classes: (p(given) - highest p of another + 1) / 2" },
    MASK_QUALITY: { description: "Of masks: SOFTMIN x the root of SOFT_DICE" },
    SOFTMIN: {
      description: "Of masks: the least trusted pixels decide (Lad & Mueller 2023), probabilities in bins of 0.05",
    },
    SOFT_DICE: { description: "Of masks: soft Dice of label and probabilities" },
    DICE: { description: "Of masks: Dice of label and prediction; 1 where both are empty" },
  },
});

@ObjectType({
  description:
    "What is estimated of the labels of one question: which of exclusive classes, or whether one class is present",
})
export class LabelQuestion {
  @Field(() => Int, {
    nullable: true,
    description: "Null: exclusive classes; values are class indices. Else values are 0 absent, 1 present",
  })
  readonly classIndex!: number | null;

  @Field(() => Int)
  readonly items!: number;

  @Field(() => [Int], { description: "Per value: items that were given it" })
  readonly given!: readonly number[];

  @Field(() => [Float], {
    nullable: "items",
    description: "Per value: mean probability of the items given it; null: of none",
  })
  readonly thresholds!: readonly (number | null)[];

  @Field(() => [[Int]], { description: "[given][true]: items whose probability reaches a threshold" })
  readonly confidentJoint!: readonly (readonly number[])[];

  @Field(() => [[Float]], { description: "[given][true], estimated shares of all items; adds up to 1" })
  readonly joint!: readonly (readonly number[])[];

  @Field(() => Float, { description: "Items whose given and true value are estimated to differ" })
  readonly estimatedErrors!: number;

  @Field(() => Int, { description: "Labels held to be wrong" })
  readonly issues!: number;
}

@ObjectType()
export class PlantedAtK {
  @Field(() => Int)
  readonly k!: number;

  @Field(() => Int)
  readonly hits!: number;

  @Field(() => Float)
  readonly precision!: number;

  @Field(() => Float, { description: "Wilson, 95 %" })
  readonly low!: number;

  @Field(() => Float)
  readonly high!: number;
}

@ObjectType({
  description: "The ranking against errors whose truth is known: the labels were made by noise from another version",
})
export class PlantedErrors {
  @Field(() => Int)
  readonly labels!: number;

  @Field(() => Int)
  readonly errors!: number;

  @Field(() => Float, { description: "errors / labels: the precision of a random order" })
  readonly share!: number;

  @Field(() => Float, { nullable: true, description: "Null: nothing was planted" })
  readonly averagePrecision!: number | null;

  @Field(() => [PlantedAtK], { description: "At 1, 2, 5, 10, … and at the end" })
  readonly precisionAt!: readonly PlantedAtK[];

  @Field(() => CountedShare, { nullable: true, description: "Of the labels held to be wrong, those that are" })
  readonly issuePrecision!: CountedShare | null;

  @Field(() => CountedShare, { nullable: true, description: "Of the planted errors, those held to be wrong" })
  readonly issueRecall!: CountedShare | null;
}

@ObjectType({ description: "The labels that a cross-validated experiment learnt from, the most suspect first" })
export class LabelErrors {
  @Field(() => String)
  readonly arm!: string;

  @Field(() => Int, { description: "Whole repeats: probabilities are their mean" })
  readonly repeats!: number;

  @Field(() => LabelScoreEnum)
  readonly score!: LabelScore;

  @Field(() => [LabelQuestion], { description: "Empty of masks, of whose errors no number is estimated" })
  readonly questions!: readonly LabelQuestion[];
}
