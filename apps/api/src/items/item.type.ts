import type { ItemKind } from "@tessera/store/items";
import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { ItemKindEnum } from "../graphql/enums.ts";

@ObjectType({ description: "One image, one bag of tiles, or one slide" })
export class Item {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => ItemKindEnum)
  readonly kind!: ItemKind;

  @Field(() => String)
  readonly name!: string;

  @Field(() => Int, { description: "Pixels; of a bag features" })
  readonly width!: number;

  @Field(() => Int, { description: "Pixels; of a bag tiles" })
  readonly height!: number;

  @Field(() => String, { description: "The patient; the item's own name where the source names none" })
  readonly subject!: string;

  @Field(() => Boolean)
  readonly subjectKnown!: boolean;

  @Field(() => String, { nullable: true })
  readonly site!: string | null;

  @Field(() => Float, { nullable: true, description: "mm per pixel along a row; null: not known" })
  readonly spacingMm!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "mm per pixel along a column, where it is another; null: as spacingMm",
  })
  readonly spacingYMm!: number | null;
}
