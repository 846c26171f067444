import type { TileMap as MapOfResult, TileMapKind, TilePlace, TopTile } from "@tessera/domain/inspections/tileMaps";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { ExplainedItem } from "../explainedItem.type.ts";
import { TileMapKindEnum } from "./enums.ts";

@ObjectType({ description: "In pixels of the slide's level 0" })
export class PlaceOfTile {
  @Field(() => Float)
  readonly x!: number;

  @Field(() => Float)
  readonly y!: number;

  @Field(() => Float)
  readonly width!: number;

  @Field(() => Float)
  readonly height!: number;
}

@ObjectType({ description: "One of a map's highest tiles" })
export class TileOfMap {
  @Field(() => Int, { description: "Row of the bag, from 0" })
  readonly tile!: number;

  @Field(() => Float)
  readonly value!: number;

  @Field(() => PlaceOfTile, { nullable: true, description: "Null: the bag comes from no slide that is here" })
  readonly place!: TilePlace | null;
}

@ObjectType({ description: "A number per tile of a bag. Never shown without the checks of its kind" })
export class TileMap {
  @Field(() => TileMapKindEnum)
  readonly kind!: TileMapKind;

  @Field(() => Int, { nullable: true, description: "Null: the same for all classes" })
  readonly classIndex!: number | null;

  @Field(() => Float)
  readonly low!: number;

  @Field(() => Float)
  readonly high!: number;

  @Field(() => [TileOfMap], { description: "The highest tiles, highest first" })
  readonly top!: readonly TopTile[];
}

@ObjectType()
export class TileMapItem extends ExplainedItem {
  @Field(() => Int)
  readonly tiles!: number;

  @Field(() => [TileMap], { description: "Of every kind that the model has, and of every class" })
  readonly maps!: readonly MapOfResult[];
}
