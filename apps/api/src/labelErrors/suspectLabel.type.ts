import { Field, Float, Int, ObjectType } from "type-graphql";
import { connectionType } from "../graphql/connection.ts";

@ObjectType({ description: "A label with what the models say of it that have not learnt from it" })
export class SuspectLabel {
  @Field(() => Int, { description: "In the whole ranking, from 1" })
  readonly place!: number;

  @Field(() => Int, { nullable: true, description: "Null: of exclusive classes" })
  readonly classIndex!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Of exclusive classes a class index; else 1 present, 0 absent. Null: a mask",
  })
  readonly given!: number | null;

  @Field(() => Int, { nullable: true, description: "What is most probable; may be the given one. Null: a mask" })
  readonly suggested!: number | null;

  @Field(() => Float, { description: "In the chosen score, 0 to 1: the lower the more suspect" })
  readonly quality!: number;

  @Field(() => Float, { nullable: true, description: "Out of fold. Null: a mask" })
  readonly givenProbability!: number | null;

  @Field(() => Float, { nullable: true })
  readonly suggestedProbability!: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether confident learning holds it to be wrong. Null: a mask",
  })
  readonly isIssue!: boolean | null;

  @Field(() => Float, { nullable: true, description: "Of masks: label with prediction, mean over repeats" })
  readonly dice!: number | null;

  @Field(() => Boolean, { nullable: true, description: "Whether noise changed it. Null: not made by noise" })
  readonly isPlanted!: boolean | null;
}

export const SuspectLabelConnection = connectionType("SuspectLabel", () => SuspectLabel);
