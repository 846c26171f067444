/** @file Tens of thousands of tiles on a canvas: those in view when there are few, else a picture of all that is made once. */
import type { Manifest } from "../model.ts";
import type { Box } from "../place.ts";
import { colourCount } from "./colours.ts";

export interface TilePainting {
  readonly manifest: Manifest;
  /** Of each tile: which of `colours`. */
  readonly steps: Uint8Array;
  readonly colours: readonly string[];
  /** Rows of tiles, lowest first: where tiles overlap, the highest is on top. */
  readonly order: Uint32Array;
}

export function tilePainting(manifest: Manifest, steps: Uint8Array, colours: readonly string[]): TilePainting {
  return { manifest, steps, colours, order: orderOf(steps) };
}

/** By counting: rows by their step, equal ones as they come. */
function orderOf(steps: Uint8Array): Uint32Array {
  const starts = new Uint32Array(colourCount + 1);
  for (const step of steps) starts[step + 1]!++;
  for (let step = 0; step < colourCount; step++) starts[step + 1]! += starts[step]!;
  const order = new Uint32Array(steps.length);
  for (const [row, step] of steps.entries()) order[starts[step]!++] = row;
  return order;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is used of a canvas. */
interface Context {
  fillStyle: string | object;
  fillRect(x: number, y: number, width: number, height: number): void;
}

/** The tiles that reach into the box, on whole pixels so that neighbours leave no seam. @returns how many */
export function paintTiles(context: Context, painting: TilePainting, box: Box, { width }: Size): number {
  const { manifest, steps, colours, order } = painting;
  const { extent, tiles } = manifest;
  const scale = width / box.width;
  let [painted, step] = [0, -1];
  for (const row of order) {
    const [x, y] = [tiles.x[row]!, tiles.y[row]!];
    if (x >= box.x + box.width || y >= box.y + box.height || x + extent.x <= box.x || y + extent.y <= box.y) continue;
    if (steps[row] !== step) {
      step = steps[row]!;
      context.fillStyle = colours[step]!;
    }
    const [left, top] = [Math.round((x - box.x) * scale), Math.round((y - box.y) * scale)];
    const right = Math.round((x + extent.x - box.x) * scale);
    const bottom = Math.round((y + extent.y - box.y) * scale);
    context.fillRect(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
    painted++;
  }
  return painted;
}

/** Below so many, all tiles are painted each time. */
const fewTiles = 4_000;
/** Of the picture of all: 48 MB. */
const mostPixels = 12e6;
const longestSide = 4_096;

/** The slide's pixels to one of the picture of all tiles; null: there are so few that none is made. */
export function pictureScale({ width, height }: Size, tiles: number): number | null {
  if (tiles <= fewTiles) return null;
  return Math.max(1, Math.max(width, height) / longestSide, Math.sqrt((width * height) / mostPixels));
}

/** The row of the tile that is on top at a point; null: none is there. */
export function tileAt({ manifest: { extent, tiles }, order }: TilePainting, x: number, y: number): number | null {
  for (let at = order.length - 1; at >= 0; at--) {
    const row = order[at]!;
    const [left, top] = [tiles.x[row]!, tiles.y[row]!];
    if (x >= left && y >= top && x < left + extent.x && y < top + extent.y) return row;
  }
  return null;
}
