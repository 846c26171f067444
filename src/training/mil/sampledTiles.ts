/** @file Some of a bag's tiles, drawn for one pass over the bags. */
import type { BagFeatures } from "@tessera/domain/bags/npy";
import { keyedRandom, type RandomKey } from "@tessera/models/augmentation/random";

/**
 * So many tiles without repetition, in the bag's order, by the key alone: the run's seed, the pass and the item. Each tile is as likely as
 * another. The bag itself where it has no more.
 */
export function sampledTiles(bag: BagFeatures, most: number, key: RandomKey): BagFeatures {
  const { tiles, features, values } = bag;
  if (tiles <= most) return bag;
  const random = keyedRandom(key);
  const order = Uint32Array.from({ length: tiles }, (_, tile) => tile);
  for (let place = 0; place < most; place++) {
    const other = place + Math.floor(random() * (tiles - place));
    [order[place], order[other]] = [order[other]!, order[place]!];
  }
  const drawn = new Float32Array(most * features);
  for (const [place, tile] of order.subarray(0, most).sort().entries()) {
    drawn.set(values.subarray(tile * features, (tile + 1) * features), place * features);
  }
  return { tiles: most, features, values: drawn };
}
