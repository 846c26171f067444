/** @file The words of tile maps as GraphQL enums: TILE_ALONE is tileAlone. */
import { tileMapKinds, tileScores, tileTruthSources } from "@tessera/domain/inspections/tileMaps";
import { registerEnumType } from "type-graphql";
import { enumOf } from "../heatmaps/enums.ts";

export const TileMapKindEnum = enumOf(tileMapKinds);
export const TileScoreEnum = enumOf(tileScores);
export const TileTruthSourceEnum = enumOf(tileTruthSources);

registerEnumType(TileMapKindEnum, {
  name: "TileMapKind",
  description: "ATTENTION: with what weight a tile goes into the bag's vector. SCORE: what the tile says of a class",
});
registerEnumType(TileScoreEnum, {
  name: "TileScore",
  description:
    "TILE_ALONE: the log-odds of the class by the tile's own logits. CONTRIBUTION: the tile's summand in the bag's logit of the class, of exclusive classes less the mean of the others'",
});
registerEnumType(TileTruthSourceEnum, {
  name: "TileTruthSource",
  description: "REGIONS: drawn on the slide. TILE_LABELS: labels that came with the tiles",
});
