/**
 * @file The manifest of a slide's tiles: where they are, and why these. JSON, known by its hash; the same slide under the same rule
 * gives the same bytes. It holds no pixel: whoever needs a tile reads it from the slide.
 */
import { DomainError } from "../errors.ts";
import { sortedJson } from "../sortedJson.ts";
import type { TileRule } from "./tileRule.ts";

export const manifestVersion = 1;

export interface TileManifest {
  readonly version: typeof manifestVersion;
  readonly slide: {
    readonly sha256: string;
    readonly width: number;
    readonly height: number;
    readonly micronsPerPixel: { readonly x: number; readonly y: number };
  };
  readonly rule: TileRule;
  /** Pixels of level 0 that a tile covers. */
  readonly extent: { readonly x: number; readonly y: number };
  /** Of the overview that the tissue was found on, and what was found. */
  readonly tissue: { readonly threshold: number; readonly share: number; readonly pen: number };
  /** Places of the grid that had too little tissue, and that were blurred. */
  readonly dropped: { readonly tissue: number; readonly blurred: number };
  /** By row, then by column: each tile's left and upper side in pixels of level 0, its share of tissue, its sharpness (null: not asked). */
  readonly tiles: {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly tissue: readonly number[];
    readonly sharpness: readonly number[] | null;
  };
}

/** Of features that were made elsewhere: the places that their file names, and nothing of how they were chosen (decision 0051). */
export interface ImportedManifest extends Pick<TileManifest, "version" | "extent"> {
  readonly slide: Omit<TileManifest["slide"], "micronsPerPixel"> & {
    /** null: neither the slide nor its table says. */
    readonly micronsPerPixel: TileManifest["slide"]["micronsPerPixel"] | null;
  };
  readonly rule: null;
  /** In the order of the features' rows. */
  readonly tiles: Pick<TileManifest["tiles"], "x" | "y"> & { readonly tissue: null; readonly sharpness: null };
}

export const encodeManifest = (manifest: TileManifest | ImportedManifest): Uint8Array =>
  new TextEncoder().encode(`${sortedJson(manifest)}\n`);

/** @throws DomainError BAD_FILE for another file */
export function decodeManifest(bytes: Uint8Array): TileManifest | ImportedManifest {
  try {
    const manifest = JSON.parse(new TextDecoder().decode(bytes)) as TileManifest | ImportedManifest;
    const { x, y, tissue } = manifest.tiles;
    const equal = x.length === y.length && (tissue === null || x.length === tissue.length);
    if (manifest.version === manifestVersion && equal) return manifest;
  } catch {
    // said below
  }
  throw new DomainError(
    "BAD_FILE",
    `The manifest of tiles: expected JSON of version ${manifestVersion} with equal lists`,
  );
}
