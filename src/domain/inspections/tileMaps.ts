/**
 * @file Tile maps under guard: what each tile of a bag weighed (attention) and said (score), never without the checks of the kind of map.
 *
 * docs/decisions/0049 says what each family's maps are, what is refused, and what the checks can show.
 */
import type { ClassValues } from "../classValues.ts";
import { DomainError } from "../errors.ts";
import type { Fold } from "../words.ts";
import type { ItemMean, LabelRandomisedModel, MapGuard } from "./guard.ts";
import {
  checkGuarded,
  checkLabelRandomised,
  type GuardedRequest,
  guardedDefaults,
  guardedOptional,
  guardedRunIds,
  usualChoice,
} from "./guardedRequest.ts";
import type { InspectionKind } from "./inspection.ts";
import { parsedRequest } from "./requestFields.ts";

export type TileMapsRequest = GuardedRequest;

/** attention: with what weight a tile goes into the bag's vector. score: what the tile says of a class. */
export const tileMapKinds = ["attention", "score"] as const;
export type TileMapKind = (typeof tileMapKinds)[number];

/**
 * What a score is. tileAlone: the log-odds of the class by the tile's own logits. contribution: the tile's summand in the bag's logit of
 * the class (of exclusive classes less the mean of the others' logits), its attention times what the head makes of it; the summands and the bias are the logit.
 */
export const tileScores = ["tileAlone", "contribution"] as const;
export type TileScore = (typeof tileScores)[number];

/** Where a tile lies, in pixels of its slide's level 0. */
export interface TilePlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface TopTile {
  /** Row of the bag, from 0. */
  readonly tile: number;
  readonly value: number;
  /** Null: the bag comes from no slide that is here. */
  readonly place: TilePlace | null;
}

export interface TileMap {
  readonly kind: TileMapKind;
  /** Null: the same for all classes. */
  readonly classIndex: number | null;
  /** A file: float32, little endian, [tiles], in the order of the bag's rows, which is that of its manifest. */
  readonly values: string;
  readonly low: number;
  readonly high: number;
  /** Highest first, at most `topTiles`. */
  readonly top: readonly TopTile[];
}

/** The slide that a bag was made of, and the manifest whose tiles are its rows. */
export interface BagOrigin {
  readonly slideItemId: string;
  readonly manifestSha256: string;
}

export interface TileMapItem {
  readonly itemId: string;
  readonly fold: Fold;
  readonly truth: ClassValues;
  readonly probabilities: readonly number[];
  /** Whose logit is explained. */
  readonly classIndex: number;
  readonly tiles: number;
  readonly origin: BagOrigin | null;
  /** Of every kind that the family has, and every class. */
  readonly maps: readonly TileMap[];
}

/** Areas under the ROC curve over the tiles of an item: map against what is known of each tile. */
export interface TileLocalisation {
  /** Chance is 0.5. */
  readonly auc: ItemMean;
  /** Items with tiles of the class and tiles without it. */
  readonly items: number;
  /** Of an item's tiles, those of the class: what the highest tile hits by chance. */
  readonly positiveShare: ItemMean;
  /** Share of items whose highest tile is of the class; tiles that share the highest value count by their share. */
  readonly topHit: ItemMean;
  /** How far the tile's features are from the bag's mean, in place of the map: it knows no model. */
  readonly oddness: ItemMean;
  /** The map's AUC minus oddness', item by item. */
  readonly overOddness: ItemMean;
}

export interface TileMapChecks extends MapGuard {
  readonly kind: TileMapKind;
  /** Null: of no validation item it is known which tiles are of the class. */
  readonly localisation: TileLocalisation | null;
}

/** What says which tiles are of a class. regions: those drawn on the slide. tileLabels: labels that came with the tiles. */
export const tileTruthSources = ["regions", "tileLabels"] as const;
export type TileTruthSource = (typeof tileTruthSources)[number];

export interface TileMapsResult {
  readonly items: readonly TileMapItem[];
  /** Of every kind that the family has. */
  readonly checks: readonly TileMapChecks[];
  /** Why the family shows no map of a kind; null: it does. */
  readonly missing: Readonly<Record<TileMapKind, string | null>>;
  /** What its scores are; null: it has none. */
  readonly score: TileScore | null;
  readonly guardItems: number;
  readonly draws: number;
  readonly labelRandomised: LabelRandomisedModel;
  /** Null: of no validation item is it known. */
  readonly tileTruth: TileTruthSource | null;
  /** Validation items among which the shown ones were chosen; null: they were named. */
  readonly chosenAmong: number | null;
}

/** Of a map. */
export const topTiles = 24;

export const tileMaps: InspectionKind<TileMapsRequest> = {
  version: 1,
  parse(value) {
    const complete = { ...guardedDefaults, choice: usualChoice(value) };
    return parsedRequest<TileMapsRequest>(value, complete, (check) => {
      check.noOtherFields({ ...complete, ...guardedOptional });
      checkGuarded(check);
    });
  },
  runIds: guardedRunIds,
  tiles: true,
  checkRuns(_, [run, other]) {
    if (run!.task !== "mil") {
      const message =
        "Tile maps are of runs on bags of tiles; of a classifier of images heatmaps show where. Choose a run on bags";
      throw new DomainError("BAD_INPUT", message, { task: run!.task });
    }
    checkLabelRandomised(run!, other);
  },
};
