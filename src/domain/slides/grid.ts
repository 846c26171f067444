/** @file The grid of tiles over a slide, in pixels of its level 0. */
import { DomainError } from "../errors.ts";
import type { TileRule } from "./tileRule.ts";

export interface SlideScale {
  readonly width: number;
  readonly height: number;
  readonly micronsPerPixel: { readonly x: number; readonly y: number };
}

export interface TileGrid {
  /** Pixels of level 0 that a tile covers; may be fractions. */
  readonly extent: { readonly x: number; readonly y: number };
  readonly columns: number;
  readonly rows: number;
  /** The tile's left and upper side, whole pixels of level 0. */
  at(column: number, row: number): { readonly x: number; readonly y: number };
}

/** 2 million: a slide of 300,000 x 400,000 pixels in tiles of 256. */
const mostTiles = 2_000_000;

/**
 * Tiles lie wholly within the slide: what is left at the right and lower side, less than a tile, is in none.
 * @throws DomainError BAD_INPUT where tiles would be finer than the slide, larger than it, or too many
 */
export function gridOver({ width, height, micronsPerPixel }: SlideScale, rule: TileRule): TileGrid {
  const extent = {
    x: (rule.size * rule.micronsPerPixel) / micronsPerPixel.x,
    y: (rule.size * rule.micronsPerPixel) / micronsPerPixel.y,
  };
  const finest = Math.max(micronsPerPixel.x, micronsPerPixel.y);
  if (rule.micronsPerPixel < 0.95 * finest) {
    throw new DomainError(
      "BAD_INPUT",
      `micronsPerPixel: tiles at ${rule.micronsPerPixel} would be finer than the slide, which has ${finest}; choose ${finest} or more`,
      { field: "micronsPerPixel", finest },
    );
  }
  const share = 1 - rule.overlap / rule.size;
  const along = (side: number, tile: number) =>
    side < Math.floor(tile) ? 0 : Math.floor((side - tile) / (tile * share) + 1e-9) + 1;
  const [columns, rows] = [along(width, extent.x), along(height, extent.y)].map((count) => Math.max(0, count)) as [
    number,
    number,
  ];
  if (columns * rows === 0) {
    throw new DomainError(
      "BAD_INPUT",
      `A tile covers ${Math.round(extent.x)} x ${Math.round(extent.y)} pixels and the slide has ${width} x ${height}; choose a smaller tile`,
      { field: "size" },
    );
  }
  if (columns * rows > mostTiles) {
    throw new DomainError(
      "BAD_INPUT",
      `The grid has ${columns * rows} tiles; expected at most ${mostTiles}. Choose less overlap`,
      {
        field: "overlap",
      },
    );
  }
  return {
    extent,
    columns,
    rows,
    at: (column, row) => ({ x: Math.round(column * extent.x * share), y: Math.round(row * extent.y * share) }),
  };
}
