import type { ChosenBy, StageKind } from "@tessera/domain/labelChain/chain";
import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, InputType, Int } from "type-graphql";
import { ChosenByEnum, LabelStageKindEnum } from "./enums.ts";

@InputType({ description: "One of the two: a label version, or all that a reader said" })
export class LabelSideInput {
  @Field(() => GraphQLUUID, { nullable: true })
  readonly labelVersionId?: string | null;

  @Field(() => String, { nullable: true })
  readonly reader?: string | null;
}

@InputType({ description: "Counts of the items that two versions or readers of one label schema both label" })
export class LabelStageOfVersionsInput {
  @Field(() => GraphQLUUID)
  readonly schemaId!: string;

  @Field(() => String, {
    nullable: true,
    description: "Of classes of which an item may have any number: which one; the chain's classes are absent, present",
  })
  readonly className?: string | null;

  @Field(() => LabelSideInput)
  readonly before!: LabelSideInput;

  @Field(() => LabelSideInput)
  readonly after!: LabelSideInput;

  @Field(() => Boolean, { defaultValue: false, description: "A sample for each site of the items" })
  readonly bySite!: boolean;
}

@InputType()
export class LabelStageSampleInput {
  @Field(() => String, { defaultValue: "", description: "The site or set that the items are of" })
  readonly set!: string;

  @Field(() => [[Int]], { description: "Items: a row for each class before, a column for each class after" })
  readonly counts!: number[][];

  @Field(() => [Float], {
    nullable: true,
    description:
      "Of each row (AFTER: column): how many times the variance of independent items; above 1 where a patient has several",
  })
  readonly designEffects?: number[] | null;
}

@InputType({ description: "Exactly one of samples, csv and versions" })
export class LabelStageCountsInput {
  @Field(() => String, {
    nullable: true,
    description: "Where the numbers are from: a study; of versions it may be left out",
  })
  readonly source?: string | null;

  @Field(() => [LabelStageSampleInput], { nullable: true })
  readonly samples?: LabelStageSampleInput[] | null;

  @Field(() => String, {
    nullable: true,
    description: "A table with the columns before, after, items and, where known, set",
  })
  readonly csv?: string | null;

  @Field(() => LabelStageOfVersionsInput, { nullable: true })
  readonly versions?: LabelStageOfVersionsInput | null;

  @Field(() => ChosenByEnum, { defaultValue: ChosenByEnum.BEFORE })
  readonly chosenBy!: ChosenBy;

  @Field(() => [Float], { nullable: true, description: "Of AFTER: how common each class after is among all items" })
  readonly shares?: number[] | null;
}

@InputType()
export class LabelStageInput {
  @Field(() => LabelStageKindEnum)
  readonly kind!: StageKind;

  @Field(() => LabelStageCountsInput)
  readonly counts!: LabelStageCountsInput;
}

@InputType()
export class CreateLabelChainInput {
  @Field(() => String)
  readonly projectName!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => String, { defaultValue: "" })
  readonly note!: string;

  @Field(() => [String], { description: "The same at every stage, in the order of rows and columns" })
  readonly classes!: string[];

  @Field(() => [Float], {
    nullable: true,
    description: "Of each class among all images; null: as the first stage's sample has it",
  })
  readonly prevalence?: number[] | null;

  @Field(() => String, { defaultValue: "", description: "Where the prevalence is from; needed where it is given" })
  readonly prevalenceSource!: string;

  @Field(() => [LabelStageInput], { description: "In their order" })
  readonly stages!: LabelStageInput[];

  @Field(() => LabelStageCountsInput, {
    nullable: true,
    description: "From the image to the label at once: the composed chain is held against it",
  })
  readonly direct?: LabelStageCountsInput | null;
}
