/** @file How well scores of tiles find what is known of the tiles: their AUC, and what counts as a detection for FROC (froc.ts). */
import { binaryAuc } from "../binaryAuc.ts";
import type { Detection } from "./froc.ts";

/** 1 positive, 0 negative, null unknown: of one tile. */
export type KnownLabel = 1 | 0 | null;

/**
 * Over all tiles whose label is known, of all bags together; a tie counts half. Null: none is positive, or none negative.
 * @param bags of each the labels and the scores of its tiles, in one order
 */
export function instanceAuc(
  bags: readonly { readonly labels: readonly KnownLabel[]; readonly scores: ArrayLike<number> }[],
): number | null {
  const known = bags.flatMap(({ labels, scores }) =>
    labels.flatMap((label, at) => (label === null ? [] : [{ label, score: scores[at]! }])),
  );
  return binaryAuc(
    known.map(({ score }) => score),
    known.map(({ label }) => label),
  );
}

interface ScoredTiles {
  /** Of their middles, in any one unit. */
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly scores: ArrayLike<number>;
}

/**
 * Tiles that are the highest within a radius, by suppression of what is not (Wang et al. 2016, arXiv 1606.05718): the highest is taken,
 * all within the radius of it are left out, and so on. Of equal scores the earlier tile is taken. Returns places in the lists given.
 */
export function highestTiles(
  { x, y, scores }: ScoredTiles,
  radius: number,
  least = Number.NEGATIVE_INFINITY,
): number[] {
  const order = Array.from(scores, (_, at) => at)
    .filter((at) => scores[at]! >= least)
    .sort((a, b) => scores[b]! - scores[a]! || a - b);
  const cell = Math.max(radius, Number.EPSILON);
  const cells = new Map<string, number[]>();
  const key = (column: number, row: number) => `${column} ${row}`;
  return order.filter((at) => {
    const [column, row] = [Math.floor(x[at]! / cell), Math.floor(y[at]! / cell)];
    const near = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].flatMap((dy) => cells.get(key(column + dx, row + dy)) ?? []));
    if (near.some((taken) => Math.hypot(x[taken]! - x[at]!, y[taken]! - y[at]!) <= radius)) return false;
    cells.set(key(column, row), [...(cells.get(key(column, row)) ?? []), at]);
    return true;
  });
}

/** @param lesionAt which lesion a place lies in, from 0; null: none; undefined: not known, and left out */
export const detectionsOf = (
  tiles: ScoredTiles,
  radius: number,
  lesionAt: (x: number, y: number) => number | null | undefined,
): Detection[] =>
  highestTiles(tiles, radius).flatMap((at) => {
    const lesion = lesionAt(tiles.x[at]!, tiles.y[at]!);
    return lesion === undefined ? [] : [{ score: tiles.scores[at]!, lesion }];
  });
