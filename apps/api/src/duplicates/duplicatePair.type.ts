import type { Fold } from "@tessera/domain/words";
import type { Item as ItemRow } from "@tessera/store/items";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { connectionType } from "../graphql/connection.ts";
import { FoldEnum } from "../graphql/enums.ts";
import { Item } from "../items/item.type.ts";
import { type DuplicateKind, DuplicateKindEnum } from "./duplicateKind.enum.ts";

@ObjectType({ description: "Two items that show the same picture (docs/decisions/0035)" })
export class DuplicatePair {
  @Field(() => Item)
  readonly first!: ItemRow;

  @Field(() => Item)
  readonly second!: ItemRow;

  @Field(() => DuplicateKindEnum)
  readonly kind!: DuplicateKind;

  @Field(() => Int, {
    description: "Of the 64 bits of their hashes that differ; turned and cropped copies differ in many",
  })
  readonly bits!: number;

  @Field(() => Float, { description: "Of local contrast where the two match best, 0.9 to 1" })
  readonly correlation!: number;

  @Field(() => String, { description: "How the first is turned to match the second" })
  readonly orientation!: string;

  @Field(() => FoldEnum, { nullable: true, description: "Of the split asked; null: in none" })
  readonly firstFold!: Fold | null;

  @Field(() => FoldEnum, { nullable: true })
  readonly secondFold!: Fold | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Of the label version asked: classes that contradict, or areas that differ by over a fifth. Null: not both have a label",
  })
  readonly labelsConflict!: boolean | null;
}

export const DuplicatePairConnection = connectionType("DuplicatePair", () => DuplicatePair);
