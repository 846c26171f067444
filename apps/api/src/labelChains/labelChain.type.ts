import type { ChosenBy, StageKind } from "@tessera/domain/labelChain/chain";
import { GraphQLDateTime, GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { ChosenByEnum, LabelStageKindEnum } from "./enums.ts";

@ObjectType({ description: "Of one site or set" })
export class LabelStageSample {
  @Field(() => String, { description: "Empty: the stage has one sample" })
  readonly set!: string;

  @Field(() => [[Int]], { description: "Items: a row for each class before, a column for each class after" })
  readonly counts!: readonly (readonly number[])[];

  @Field(() => ChosenByEnum)
  readonly chosenBy!: ChosenBy;

  @Field(() => [Float], { nullable: true, description: "Of AFTER: how common each class after is among all items" })
  readonly shares!: readonly number[] | null;

  @Field(() => [Float], {
    nullable: true,
    description: "Of each row (AFTER: column): times the variance of independent items; null: all 1",
  })
  readonly designEffects!: readonly number[] | null;
}

@ObjectType({ description: "What was counted of one stage, or of the whole way at once" })
export class LabelStageCounts {
  @Field(() => String)
  readonly source!: string;

  @Field(() => [LabelStageSample])
  readonly samples!: readonly LabelStageSample[];

  @Field(() => Int)
  readonly items!: number;

  @Field(() => GraphQLUUID, { nullable: true, description: "Whose labels were counted; null: the counts were given" })
  readonly datasetId!: string | null;
}

@ObjectType({ description: "One step from the image to the label" })
export class LabelChainStage {
  @Field(() => LabelStageKindEnum)
  readonly kind!: StageKind;

  @Field(() => String)
  readonly name!: string;

  @Field(() => LabelStageCounts)
  readonly counts!: LabelStageCounts;
}

@ObjectType({ description: "What each step between an image and its label makes of a class. Never changed" })
export class LabelChain {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly note!: string;

  @Field(() => [String])
  readonly classes!: readonly string[];

  @Field(() => [Float], { nullable: true, description: "Null: as the first stage's sample has it" })
  readonly prevalence!: readonly number[] | null;

  @Field(() => String)
  readonly prevalenceSource!: string;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;
}
