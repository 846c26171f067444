import { Field, Float, Int, ObjectType } from "type-graphql";
import { connectionType } from "../graphql/connection.ts";
import { LabelChangeEnum } from "../graphql/enums.ts";
import { Item } from "../items/item.type.ts";
import { Label } from "../items/label.type.ts";

@ObjectType({ description: "Items of one class in the first version and of another, or the same, in the second" })
export class ClassChange {
  @Field(() => Int, {
    nullable: true,
    description: "Which class, where items may have any number; null: items have exactly one",
  })
  readonly classIndex!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Of exclusive classes a class index; else 1 present, 0 absent, null not known",
  })
  readonly before!: number | null;

  @Field(() => Int, { nullable: true })
  readonly after!: number | null;

  @Field(() => Int)
  readonly items!: number;
}

@ObjectType({ description: "Pairs of masks that differ" })
export class MaskChanges {
  @Field(() => Int)
  readonly total!: number;

  @Field(() => Int, { description: "Of them measured; compareLabelVersions measures the rest" })
  readonly measured!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Mean Dice of what is measured, items that stayed the same left out",
  })
  readonly dice!: number | null;

  @Field(() => Float, { nullable: true, description: "Mean of area after ÷ area before − 1, where there was an area" })
  readonly areaChange!: number | null;
}

@ObjectType({ description: "What a class's mask was against what it is" })
export class MaskChange {
  @Field(() => Int)
  readonly classIndex!: number;

  @Field(() => Float, { nullable: true, description: "Null: both are empty" })
  readonly dice!: number | null;

  @Field(() => Float, { nullable: true, description: "Area after ÷ area before − 1; null: there was none" })
  readonly areaChange!: number | null;

  @Field(() => Int, { description: "Pixels of the item" })
  readonly pixelsBefore!: number;

  @Field(() => Int, { description: "Pixels of the item" })
  readonly pixelsAfter!: number;

  @Field(() => Float, { nullable: true, description: "95th percentile of the distance between the outlines, pixels" })
  readonly hd95!: number | null;
}

@ObjectType()
export class ChangedItem {
  @Field(() => LabelChangeEnum)
  readonly change!: string;

  @Field(() => Item)
  readonly item!: Item;

  @Field(() => Label, { nullable: true })
  readonly before!: Label | null;

  @Field(() => Label, { nullable: true })
  readonly after!: Label | null;

  @Field(() => [MaskChange], { description: "Empty where not measured, or not two masks" })
  readonly masks!: MaskChange[];
}

export const ChangedItemConnection = connectionType("ChangedItem", () => ChangedItem);

@ObjectType({ description: "A second label version against a first" })
export class LabelVersionDiff {
  @Field(() => Int, { description: "Items that only the second labels" })
  readonly added!: number;

  @Field(() => Int, { description: "Items that only the first labels" })
  readonly removed!: number;

  @Field(() => Int)
  readonly changed!: number;

  @Field(() => Int)
  readonly same!: number;
}
