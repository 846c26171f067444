import type { ReaderKind } from "@tessera/domain/labels/request";
import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { connectionType } from "../graphql/connection.ts";
import { ReaderKindEnum } from "../graphql/enums.ts";
import { Annotation } from "../items/annotation.type.ts";
import { Item } from "../items/item.type.ts";
import { LabelSchema } from "./labelSchema.type.ts";

@ObjectType({ description: "Whose opinions a dataset has, of one label schema" })
export class LabelReader {
  @Field(() => String)
  readonly name!: string;

  @Field(() => ReaderKindEnum)
  readonly kind!: ReaderKind;

  @Field(() => Int, { description: "Items that this reader has an opinion on" })
  readonly items!: number;

  @Field(() => GraphQLUUID)
  readonly schemaId!: string;

  @Field(() => Boolean, {
    description: "Opinions of those who saw the others': none of all readers, unless named",
  })
  readonly adjudicates!: boolean;
}

@ObjectType({
  description: "A measure of agreement with its interval over items: delete-one jackknife, Student's t, 95 %",
})
export class AgreementEstimate {
  @Field(() => Float, {
    nullable: true,
    description: "Null: undefined, as where everybody says the same of everything",
  })
  readonly value!: number | null;

  @Field(() => Float, { nullable: true })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true })
  readonly high!: number | null;

  @Field(() => Int, { description: "Items with two opinions" })
  readonly items!: number;
}

@ObjectType({ description: "Two readers on classes" })
export class ReaderPairAgreement {
  @Field(() => String)
  readonly a!: string;

  @Field(() => String)
  readonly b!: string;

  @Field(() => AgreementEstimate, { description: "Cohen's" })
  readonly kappa!: AgreementEstimate;

  @Field(() => AgreementEstimate, { nullable: true, description: "Weighted linearly; of ordered classes" })
  readonly linear!: AgreementEstimate | null;

  @Field(() => AgreementEstimate, { nullable: true, description: "Weighted quadratically; of ordered classes" })
  readonly quadratic!: AgreementEstimate | null;

  @Field(() => [[Int]], { description: "Items: [what a said][what b said]; of one class absent, present" })
  readonly table!: number[][];
}

@ObjectType({ description: "All readers on one question" })
export class ClassAgreement {
  @Field(() => String, {
    nullable: true,
    description: "The class that is present or absent; null: which of exclusive classes",
  })
  readonly className!: string | null;

  @Field(() => AgreementEstimate, { description: "Fleiss' kappa" })
  readonly fleiss!: AgreementEstimate;

  @Field(() => AgreementEstimate, { description: "Krippendorff's, nominal" })
  readonly alpha!: AgreementEstimate;

  @Field(() => AgreementEstimate, { nullable: true, description: "Krippendorff's, ordinal; of ordered classes" })
  readonly ordinalAlpha!: AgreementEstimate | null;

  @Field(() => [ReaderPairAgreement])
  readonly pairs!: ReaderPairAgreement[];
}

@ObjectType({ description: "Two readers on masks; intervals are the bootstrap's over items" })
export class MaskPairAgreement {
  @Field(() => String)
  readonly a!: string;

  @Field(() => String)
  readonly b!: string;

  @Field(() => Int, { nullable: true, description: "Null: all classes together" })
  readonly classIndex!: number | null;

  @Field(() => Int, { description: "Items (and classes) that have a Dice" })
  readonly items!: number;

  @Field(() => Float, { nullable: true, description: "Mean" })
  readonly dice!: number | null;

  @Field(() => Float, { nullable: true })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true })
  readonly high!: number | null;

  @Field(() => Float, { nullable: true, description: "Median of the 95th percentile of the distance, pixels" })
  readonly hd95!: number | null;

  @Field(() => Int)
  readonly bothEmpty!: number;

  @Field(() => Int)
  readonly oneEmpty!: number;
}

@ObjectType({ description: "One reader with the others" })
export class ReaderAgreement {
  @Field(() => String)
  readonly reader!: string;

  @Field(() => Int)
  readonly opinions!: number;

  @Field(() => Float, { nullable: true, description: "Mean with each other reader: of Cohen's kappa, or of Dice" })
  readonly mean!: number | null;
}

@ObjectType({ description: "How far the readers of a label schema agree" })
export class LabelAgreement {
  @Field(() => LabelSchema)
  readonly schema!: LabelSchema;

  @Field(() => [ReaderAgreement])
  readonly readers!: ReaderAgreement[];

  @Field(() => ClassAgreement, { nullable: true, description: "Of exclusive classes: which class" })
  readonly overall!: ClassAgreement | null;

  @Field(() => [ClassAgreement], { description: "Of each class: present or absent; empty of masks" })
  readonly classes!: ClassAgreement[];

  @Field(() => [MaskPairAgreement], { description: "Empty of classes" })
  readonly masks!: MaskPairAgreement[];

  @Field(() => Int, { description: "Pairs of masks of two readers on an item" })
  readonly maskPairs!: number;

  @Field(() => Int, { description: "Of them measured; compareReaders measures the rest" })
  readonly measuredPairs!: number;
}

@ObjectType({ description: "An item on which readers differ" })
export class LabelDisagreement {
  @Field(() => Item)
  readonly item!: Item;

  @Field(() => Float, {
    description: "Classes: share of pairs of opinions that differ. Masks: 1 − mean Dice of the pairs of readers",
  })
  readonly share!: number;

  @Field(() => [Annotation], { description: "Each reader's newest, by name" })
  readonly opinions!: Annotation[];
}

export const LabelDisagreementConnection = connectionType("LabelDisagreement", () => LabelDisagreement);
