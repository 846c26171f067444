/**
 * @file What a file of a slide's features says, as CLAM and TRIDENT write it.
 *
 *   features   [tiles, features], or [1, tiles, features]                     one row per tile
 *   coords     [tiles, 2], or [1, tiles, 2]; x, y                             a tile's left and upper side, pixels of level 0
 *   attributes of coords                                                      how large a tile is
 *
 * Sources: mahmoodlab/CLAM (extract_features_fp.py; WholeSlideImage.process_contour writes the attributes, into the file of patches
 * and not into that of features), mahmoodlab/TRIDENT (WSI.extract_patch_features; IO.coords_to_h5). TRIDENT writes None as "None".
 */
import { DomainError } from "../errors.ts";

export interface FeatureShape {
  readonly tiles: number;
  readonly features: number;
}

export type AttributeValue = number | string | readonly number[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** The attributes that are looked at: no other is read, since it may name a patient. */
export const tilingAttributes = [
  "patch_size",
  "patch_size_level0",
  "patch_level",
  "downsample",
  "custom_downsample",
  "overlap",
  "level0_width",
  "level0_height",
  "level0_magnification",
  "target_magnification",
] as const;

/** As many as a slide's grid may have. */
const mostTiles = 2_000_000;
const mostFeatures = 65_536;
/** A bag is read whole, and what is read whole has at most 1 GiB (Objects.read). */
const mostValues = 2 ** 28 - 2 ** 10;

/** @throws DomainError BAD_FILE that says which shape was expected */
export function featureShape(shape: readonly number[]): FeatureShape {
  const [tiles, features] = shape.length === 3 && shape[0] === 1 ? shape.slice(1) : shape;
  if (shape.length < 2 || shape.length > 3 || (shape.length === 3 && shape[0] !== 1)) {
    const one = shape.length === 1 ? ": one vector is of a whole slide, not of its tiles" : "";
    throw bad(
      `"features" has the shape [${shape.join(", ")}]; expected [tiles, features] or [1, tiles, features]${one}`,
    );
  }
  if (tiles === 0 || features === 0)
    throw bad(`"features" is empty, of shape [${shape.join(", ")}]; the slide has no tile`);
  if (tiles! > mostTiles || features! > mostFeatures || tiles! * features! > mostValues) {
    throw bad(
      `"features" has ${tiles} x ${features} numbers; expected at most ${mostTiles} tiles, ${mostFeatures} features and ${mostValues} numbers (1 GiB); draw from the tiles, or make them larger`,
    );
  }
  return { tiles: tiles!, features: features! };
}

/** @throws DomainError BAD_FILE where the coordinates are not one pair per row of features */
export function checkCoordsShape(shape: readonly number[], tiles: number): void {
  const [rows, sides] = shape.length === 3 && shape[0] === 1 ? shape.slice(1) : shape;
  if (shape.length <= 3 && rows === tiles && sides === 2) return;
  throw bad(`"coords" has the shape [${shape.join(", ")}]; expected [${tiles}, 2], a row for each row of "features"`);
}

export interface Tiling {
  readonly writer: "clam" | "trident" | null;
  /** Pixels of level 0 that a tile's side covers; null: the file does not say. */
  readonly extent: number | null;
  /** Of the slide, pixels of level 0; null: the file does not say. */
  readonly slide: { readonly width: number; readonly height: number } | null;
}

/** How large a tile is, by the attributes of "coords". Null where they do not say: it is never guessed from the places. */
export function tilingOf(attributes: Attributes): Tiling {
  const number = (name: string): number | null => {
    const value = attributes[name];
    const first = Array.isArray(value) ? value[0] : value;
    return typeof first === "number" && Number.isFinite(first) && first > 0 ? first : null;
  };
  const level0 = number("patch_size_level0");
  const [width, height] = [number("level0_width"), number("level0_height")];
  const slide = width === null || height === null ? null : { width, height };
  if (level0 !== null) return { writer: "trident", extent: level0, slide };
  const size = number("patch_size");
  if (size === null || attributes.patch_level === undefined) return { writer: null, extent: null, slide };
  // CLAM steps by whole downsamples of the level, and older versions shrink a patch once more.
  const downsample = attributes.patch_level === 0 ? 1 : number("downsample");
  const extent = downsample === null ? null : size * Math.floor(downsample) * (number("custom_downsample") ?? 1);
  return { writer: "clam", extent, slide };
}

const bad = (message: string) => new DomainError("BAD_FILE", `The file of features: ${message}`);
