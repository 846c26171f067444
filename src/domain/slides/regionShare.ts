/**
 * @file The share of each tile that lies inside any of several regions, exactly.
 *
 * The tile is cut into upright slabs at each corner and each crossing of sides; within a slab sides run straight and cross nothing, so
 * that the area inside is the slab's width times the length inside along its middle. Overlapping polygons count once, holes by the even-odd rule.
 */
import type { TileManifest } from "./manifest.ts";
import type { Region } from "./regions.ts";
import type { Corner } from "./ringCrossings.ts";

/** Of a manifest: where its tiles are. */
export type TilePlaces = Pick<TileManifest, "extent"> & { readonly tiles: Pick<TileManifest["tiles"], "x" | "y"> };

interface Side {
  /** From left to right; an upright side only says where a slab ends. */
  readonly from: Corner;
  readonly to: Corner;
  readonly top: number;
  readonly bottom: number;
}

interface Outline {
  readonly sides: readonly Side[];
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Tile {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** One share in [0, 1] for each tile, in the manifest's order. */
export function sharesInside({ extent, tiles }: TilePlaces, regions: readonly Region[]): number[] {
  const outlines = regions.flatMap(({ polygons }) => polygons.map(outlineOf));
  return tiles.x.map((left, at) => {
    const top = tiles.y[at]!;
    const tile = { left, top, right: left + extent.x, bottom: top + extent.y };
    const near = outlines.filter((outline) => overlap(outline, tile));
    return near.length === 0 ? 0 : shareOf(tile, near);
  });
}

function outlineOf(rings: readonly (readonly Corner[])[]): Outline {
  const sides = rings.flatMap((ring) =>
    ring.map((corner, at): Side => {
      const next = ring[(at + 1) % ring.length]!;
      const [from, to] = corner[0] <= next[0] ? [corner, next] : [next, corner];
      return { from, to, top: Math.min(from[1], to[1]), bottom: Math.max(from[1], to[1]) };
    }),
  );
  const least = (of: (side: Side) => number) => sides.reduce((value, side) => Math.min(value, of(side)), Infinity);
  const most = (of: (side: Side) => number) => sides.reduce((value, side) => Math.max(value, of(side)), -Infinity);
  return {
    sides,
    left: least(({ from }) => from[0]),
    top: least(({ top }) => top),
    right: most(({ to }) => to[0]),
    bottom: most(({ bottom }) => bottom),
  };
}

const overlap = (a: Tile, b: Tile) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function shareOf(tile: Tile, outlines: readonly Outline[]): number {
  // a side above the tile still says, below it, what is inside
  const over = outlines.map(({ sides }) =>
    sides.filter(({ from, to, top }) => from[0] < tile.right && to[0] > tile.left && top < tile.bottom),
  );
  const cuts = cutsOf(tile, over.flat());
  let area = 0;
  for (let at = 0; at + 1 < cuts.length; at++) {
    const [left, right] = [cuts[at]!, cuts[at + 1]!];
    if (right > left) area += (right - left) * lengthInside((left + right) / 2, tile, over);
  }
  return Math.min(1, Math.max(0, area / ((tile.right - tile.left) * (tile.bottom - tile.top))));
}

/** Where slabs end, from left to right. */
function cutsOf(tile: Tile, sides: readonly Side[]): number[] {
  const cuts = [tile.left, tile.right];
  const add = (x: number) => {
    if (x > tile.left && x < tile.right) cuts.push(x);
  };
  const through = sides.filter(({ bottom }) => bottom > tile.top);
  for (const [index, { from, to }] of through.entries()) {
    add(from[0]);
    add(to[0]);
    const rise = to[1] - from[1];
    for (const y of rise === 0 ? [] : [tile.top, tile.bottom]) {
      const share = (y - from[1]) / rise;
      if (share > 0 && share < 1) add(from[0] + share * (to[0] - from[0]));
    }
    for (let other = 0; other < index; other++) {
      const x = crossingAt(through[index]!, through[other]!);
      if (x !== null) add(x);
    }
  }
  return cuts.sort((a, b) => a - b);
}

/** x where two sides cross; null: nowhere, or they are parallel. */
function crossingAt(a: Side, b: Side): number | null {
  const [left, right] = [Math.max(a.from[0], b.from[0]), Math.min(a.to[0], b.to[0])];
  if (left >= right) return null;
  const [atLeft, atRight] = [yAt(a, left) - yAt(b, left), yAt(a, right) - yAt(b, right)];
  return atLeft * atRight < 0 ? left + ((right - left) * atLeft) / (atLeft - atRight) : null;
}

const yAt = ({ from, to }: Side, x: number) => from[1] + ((x - from[0]) / (to[0] - from[0])) * (to[1] - from[1]);

/** Of the upright line at x, within the tile, what lies in any outline. */
function lengthInside(x: number, tile: Tile, outlines: readonly (readonly Side[])[]): number {
  const spans = outlines.flatMap((sides) => {
    const ys = sides
      .filter(({ from, to }) => from[0] <= x && x < to[0])
      .map((side) => Math.min(tile.bottom, Math.max(tile.top, yAt(side, x))))
      .sort((a, b) => a - b);
    // an odd one out is closed by sides below the tile, which were left out
    if (ys.length % 2 === 1) ys.push(tile.bottom);
    return Array.from({ length: ys.length / 2 }, (_, pair) => [ys[2 * pair]!, ys[2 * pair + 1]!] as const);
  });
  spans.sort((a, b) => a[0] - b[0]);
  let [length, end] = [0, tile.top];
  for (const [from, to] of spans) {
    if (to <= end) continue;
    length += to - Math.max(from, end);
    end = to;
  }
  return length;
}
