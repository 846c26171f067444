import { Field, Float, Int, ObjectType } from "type-graphql";
import { Calibration } from "./calibration.type.ts";
import { ClassificationMetricValue } from "./classificationMetricValue.type.ts";
import { ClassScore } from "./classScore.type.ts";

@ObjectType({ description: "Everything that is said of one classification run on one fold" })
export class ClassificationScores {
  @Field(() => Int, { description: "Items of which a class is known" })
  readonly n!: number;

  @Field(() => Int, { description: "Items left out, as no class of them is known" })
  readonly unknownItems!: number;

  @Field(() => Float, { description: "Of sensitivity at specificity" })
  readonly specificity!: number;

  @Field(() => [String], { description: "Of the label schema" })
  readonly classNames!: readonly string[];

  @Field(() => [ClassificationMetricValue])
  readonly metrics!: readonly ClassificationMetricValue[];

  @Field(() => [ClassScore], { description: "Of two exclusive classes the second alone; else of all" })
  readonly classes!: readonly ClassScore[];

  @Field(() => [[Int]], {
    nullable: true,
    description: "Rows: truth; columns: the class of highest probability. Null where classes stand by themselves",
  })
  readonly confusion!: readonly (readonly number[])[] | null;

  @Field(() => Calibration, { nullable: true, description: "Null where each class has its own" })
  readonly calibration!: Calibration | null;
}
