import type { ItemMean } from "@tessera/domain/inspections/guard";
import type { TileLocalisation as LocalisationOfResult, TileMapKind } from "@tessera/domain/inspections/tileMaps";
import { Field, Int, ObjectType } from "type-graphql";
import { MeanOverItems } from "../heatmaps/localisation.type.ts";
import { MapChecks } from "../heatmaps/methodChecks.type.ts";
import { TileMapKindEnum } from "./enums.ts";

@ObjectType({
  description:
    "Maps against what is known of each tile: the area under the ROC curve over the tiles of an item. Chance is 0.5. Other items are drawn in its intervals, not another training",
})
export class TileLocalisation {
  @Field(() => MeanOverItems)
  readonly auc!: ItemMean;

  @Field(() => Int, { description: "Items with tiles of the class and tiles without it" })
  readonly items!: number;

  @Field(() => MeanOverItems, {
    description: "Of an item's tiles, those of the class: what its highest tile hits by chance",
  })
  readonly positiveShare!: ItemMean;

  @Field(() => MeanOverItems, { description: "Share of items whose highest tile is of the class" })
  readonly topHit!: ItemMean;

  @Field(() => MeanOverItems, {
    description: "How far a tile's features are from the bag's mean, in place of the map: it knows no model",
  })
  readonly oddness!: ItemMean;

  @Field(() => MeanOverItems, { description: "The map's AUC minus oddness', item by item" })
  readonly overOddness!: ItemMean;
}

@ObjectType({ description: "What maps of one kind have to do with the model: docs/decisions/0049" })
export class TileMapChecks extends MapChecks {
  @Field(() => TileMapKindEnum)
  readonly kind!: TileMapKind;

  @Field(() => TileLocalisation, {
    nullable: true,
    description: "Null: of no validation item it is known which tiles are of the class",
  })
  readonly localisation!: LocalisationOfResult | null;
}
