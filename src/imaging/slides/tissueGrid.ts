/** @file The tiles of a slide that show tissue: found on one overview, so that no tile has to be read for it. */
import { gridOver } from "@tessera/domain/slides/grid";
import type { TileRule } from "@tessera/domain/slides/tileRule";
import { readArea } from "./area.ts";
import type { SlideReader } from "./slide.ts";
import { integral, sumWithin, tissueMask } from "./tissue.ts";

export interface TissueGrid {
  /** Pixels of level 0 that a tile covers. */
  readonly extent: { readonly x: number; readonly y: number };
  /** Places of the grid, and how many of them have too little tissue. */
  readonly places: number;
  readonly dropped: number;
  readonly tissue: { readonly threshold: number; readonly share: number; readonly pen: number };
  readonly tiles: { readonly x: number[]; readonly y: number[]; readonly tissue: number[] };
  /** [overview.height*overview.width] 0 or 1. */
  readonly overview: { readonly width: number; readonly height: number; readonly mask: Uint8Array };
}

/** Pixels of the overview to a tile's side, where its own side stays within bounds. */
const pixelsPerTile = 16;
const overviewSide = { least: 1024, most: 4096 } as const;

/** @param micronsPerPixel at level 0. @throws DomainError BAD_INPUT from gridOver, BAD_FILE */
export async function tissueGrid(
  slide: SlideReader,
  rule: TileRule,
  micronsPerPixel: { readonly x: number; readonly y: number },
): Promise<TissueGrid> {
  const { width, height } = slide.info;
  const grid = gridOver({ width, height, micronsPerPixel }, rule);
  const longest = Math.max(width, height);
  const wanted = (longest * pixelsPerTile) / Math.min(grid.extent.x, grid.extent.y);
  const side = Math.round(Math.min(longest, overviewSide.most, Math.max(overviewSide.least, wanted)));
  const [columns, rows] = [width, height].map((each) => Math.max(1, Math.round((each * side) / longest))) as [
    number,
    number,
  ];
  const rgb = await readArea(slide, { x: 0, y: 0, width, height }, columns, rows);
  const { mask, threshold, pen } = tissueMask(rgb, columns, rows);
  const sums = integral(mask, columns, rows);
  const [perX, perY] = [columns / width, rows / height];
  const tiles = { x: [] as number[], y: [] as number[], tissue: [] as number[] };
  for (let row = 0; row < grid.rows; row++) {
    for (let column = 0; column < grid.columns; column++) {
      const { x, y } = grid.at(column, row);
      const [x0, y0] = [Math.floor(x * perX), Math.floor(y * perY)];
      const x1 = Math.min(columns, Math.max(x0 + 1, Math.round((x + grid.extent.x) * perX)));
      const y1 = Math.min(rows, Math.max(y0 + 1, Math.round((y + grid.extent.y) * perY)));
      const share = sumWithin(sums, columns, x0, y0, x1, y1) / ((x1 - x0) * (y1 - y0));
      if (share < rule.leastTissue) continue;
      tiles.x.push(x);
      tiles.y.push(y);
      tiles.tissue.push(Math.round(share * 1000) / 1000);
    }
  }
  const places = grid.columns * grid.rows;
  const share = sumWithin(sums, columns, 0, 0, columns, rows) / (columns * rows);
  return {
    extent: grid.extent,
    places,
    dropped: places - tiles.x.length,
    tissue: { threshold, share, pen },
    tiles,
    overview: { width: columns, height: rows, mask },
  };
}
