import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "One method trained on one level of noise and scored on another" })
export class NoiseGridCell {
  @Field(() => String)
  readonly method!: string;

  @Field(() => Float)
  readonly trainingLevel!: number;

  @Field(() => Float, { description: "0: the labels without noise" })
  readonly evaluationLevel!: number;

  @Field(() => Float, { nullable: true, description: "Mean over seeds of the mean over items that have a score" })
  readonly mean!: number | null;

  @Field(() => Float, { nullable: true, description: "Over seeds; null below two" })
  readonly sd!: number | null;

  @Field(() => Int)
  readonly seeds!: number;

  @Field(() => Int, { description: "With a defined score: a mask that the noise emptied has no Dice" })
  readonly items!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "What the AUC on noisy labels would be on clean ones, from the flip rates and the noisy prevalence (Menon et al. 2015), mean over seeds. Of AUC under symmetric noise; null else",
  })
  readonly corrected!: number | null;
}

@ObjectType({ description: "Two methods in another order on noisy labels than on those without noise" })
export class RankSwap {
  @Field(() => Float)
  readonly trainingLevel!: number;

  @Field(() => Float)
  readonly evaluationLevel!: number;

  @Field(() => String, { description: "On the labels without noise" })
  readonly better!: string;

  @Field(() => String)
  readonly worse!: string;

  @Field(() => Boolean, { description: "Both orders have a verdict; else they are of means alone" })
  readonly decided!: boolean;
}
