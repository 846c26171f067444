/** @file Where maps of tiles put their weight, against what is known of each tile: areas under the ROC curve over the tiles of a bag. */
import type { ItemMean } from "@tessera/domain/inspections/guard";
import type { TileLocalisation } from "@tessera/domain/inspections/tileMaps";
import { binaryAuc } from "../binaryAuc.ts";
import { tInterval } from "../studentT.ts";
import { mean } from "../summary.ts";

export interface LocatedBag {
  /** [tiles], a signed one as it is */
  readonly map: Float32Array;
  /** [tiles], of `oddness` */
  readonly oddness: Float32Array;
  /** [tiles]: 1 of the class, 0 not, 2 not known */
  readonly truth: Uint8Array;
}

/**
 * How far each tile is from the mean of its bag, Euclidean: what a map that knows no model finds, as edges are in images.
 * @param values [tiles*features], scaled as the model takes them
 */
export function oddness(values: Float32Array, tiles: number): Float32Array {
  const features = values.length / tiles;
  const middle = new Float64Array(features);
  for (let i = 0; i < values.length; i++) middle[i % features]! += values[i]! / tiles;
  return Float32Array.from({ length: tiles }, (_, tile) => {
    let sum = 0;
    for (let i = 0; i < features; i++) sum += (values[tile * features + i]! - middle[i]!) ** 2;
    return Math.sqrt(sum);
  });
}

/** Tiles of which nothing is known do not count. @returns null where no bag has known tiles of the class and without it */
export function tileLocalisation(bags: readonly LocatedBag[]): TileLocalisation | null {
  const scored = bags.flatMap(({ map, oddness: odd, truth }) => {
    const known = (values: Float32Array | Uint8Array) => values.filter((_, tile) => truth[tile] !== 2);
    const [values, positive] = [known(map), known(truth)];
    const own = binaryAuc(values, positive);
    if (own === null) return [];
    return [
      { own, odd: binaryAuc(known(odd), positive)!, share: mean(Array.from(positive)), hit: topHit(values, positive) },
    ];
  });
  if (scored.length === 0) return null;
  const over = (of: (bag: (typeof scored)[number]) => number): ItemMean => {
    const values = scored.map(of);
    return { mean: mean(values), ...tInterval(values) };
  };
  return {
    auc: over(({ own }) => own),
    items: scored.length,
    positiveShare: over(({ share }) => share),
    topHit: over(({ hit }) => hit),
    oddness: over(({ odd }) => odd),
    overOddness: over(({ own, odd }) => own - odd),
  };
}

/** Of the tiles with the highest value, the share of the class. */
function topHit(values: ArrayLike<number>, positive: ArrayLike<number>): number {
  let [highest, all, hits] = [Number.NEGATIVE_INFINITY, 0, 0];
  for (let tile = 0; tile < values.length; tile++) {
    const value = values[tile]!;
    if (value < highest) continue;
    if (value > highest) [highest, all, hits] = [value, 0, 0];
    all++;
    hits += positive[tile]!;
  }
  return hits / all;
}
