import type { LabelRandomisedModel } from "@tessera/domain/inspections/guard";
import type {
  TileMapChecks as ChecksOfResult,
  TileMapItem as ItemOfResult,
  TileScore,
  TileTruthSource,
} from "@tessera/domain/inspections/tileMaps";
import { Field, Int, ObjectType } from "type-graphql";
import { HeatmapLabelModel } from "../heatmaps/heatmaps.type.ts";
import { TileScoreEnum, TileTruthSourceEnum } from "./enums.ts";
import { TileMapChecks } from "./tileMapChecks.type.ts";
import { TileMapItem } from "./tileMapItem.type.ts";

@ObjectType({ description: "Attention and scores of a run's tiles and, for each kind of map, its checks" })
export class TileMaps {
  @Field(() => [TileMapItem])
  readonly items!: readonly ItemOfResult[];

  @Field(() => [TileMapChecks], { description: "Of every kind that the model has" })
  readonly checks!: readonly ChecksOfResult[];

  @Field(() => TileScoreEnum, { nullable: true, description: "What its scores are; null: it has none" })
  readonly score!: TileScore | null;

  @Field(() => Int, { description: "Validation items that the checks were made on" })
  readonly guardItems!: number;

  @Field(() => Int, { description: "Networks of random weights" })
  readonly draws!: number;

  @Field(() => HeatmapLabelModel)
  readonly labelRandomised!: LabelRandomisedModel;

  @Field(() => TileTruthSourceEnum, {
    nullable: true,
    description: "What says which tiles are of a class; null: nothing does",
  })
  readonly tileTruth!: TileTruthSource | null;

  @Field(() => Int, { nullable: true, description: "Validation items among which the shown ones were chosen" })
  readonly chosenAmong!: number | null;
}
