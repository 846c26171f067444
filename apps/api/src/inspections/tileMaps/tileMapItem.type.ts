import type { ClassValues } from "@tessera/domain/classValues";
import type { TileMap as MapOfResult, TileMapKind, TilePlace, TopTile } from "@tessera/domain/inspections/tileMaps";
import type { Fold } from "@tessera/domain/words";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { FoldEnum } from "../../graphql/enums.ts";
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
export class TileMapItem {
  @Field(() => FoldEnum)
  readonly fold!: Fold;

  @Field(() => [Int], { nullable: "items", description: "Per class: 1 present, 0 absent, null not known" })
  readonly truth!: ClassValues;

  @Field(() => [Float], { description: "Per class" })
  readonly probabilities!: readonly number[];

  @Field(() => Int, { description: "The class that is explained" })
  readonly classIndex!: number;

  @Field(() => Int)
  readonly tiles!: number;

  @Field(() => [TileMap], { description: "Of every kind that the model has, and of every class" })
  readonly maps!: readonly MapOfResult[];
}
