/** @file Readers who disagree in known ways: the truth for tests of agreement, consensus and label noise. */
import { randomStream } from "@tessera/domain/random";

export interface PlantedReader {
  readonly name: string;
  /** Outline moved outwards (positive) or inwards by this many pixels of the item. */
  readonly boundary: number;
  /** Mask moved by [x, y] pixels of the item. */
  readonly shift: readonly [number, number];
  /** Chance to miss a polyp that covers less than `smallShare` of the image. */
  readonly missChance: number;
  readonly smallShare: number;
}

export const plantedReaders: readonly PlantedReader[] = [
  { name: "reader-exact", boundary: 0, shift: [0, 0], missChance: 0, smallShare: 0 },
  { name: "reader-generous", boundary: 2, shift: [0, 0], missChance: 0, smallShare: 0 },
  { name: "reader-tight", boundary: -2, shift: [0, 0], missChance: 0, smallShare: 0 },
  { name: "reader-hasty", boundary: 1, shift: [3, -1], missChance: 0.5, smallShare: 0.02 },
];

/**
 * One reader's mask from the truth of each polyp.
 * @param polyps exact masks, each [size*size] of 0/1
 * @returns [size*size] of 0/1
 */
export function readBy(
  reader: PlantedReader,
  polyps: readonly Uint8Array[],
  size: number,
  key: readonly (string | number)[],
): Uint8Array {
  const random = randomStream(...key, reader.name);
  const seen = new Uint8Array(size * size);
  for (const polyp of polyps) {
    const missed = random.uniform() < reader.missChance;
    const share = polyp.reduce((sum, value) => sum + value, 0) / polyp.length;
    if (missed && share < reader.smallShare) continue;
    for (let i = 0; i < seen.length; i++) if (polyp[i] === 1) seen[i] = 1;
  }
  return shifted(grown(seen, size, reader.boundary), size, reader.shift);
}

/** Dilated (radius > 0) or eroded (radius < 0) by a disc; outside the image counts as background. */
export function grown(mask: Uint8Array, size: number, radius: number): Uint8Array {
  if (radius === 0) return mask.slice();
  const reach = Math.abs(radius);
  const spreading = radius > 0 ? 1 : 0; // eroding is the background's dilation
  const result = mask.slice();
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (mask[y * size + x] !== spreading) continue;
      for (let dy = -reach; dy <= reach; dy++) {
        for (let dx = -reach; dx <= reach; dx++) {
          const [u, v] = [x + dx, y + dy];
          if (dx * dx + dy * dy > reach * reach || u < 0 || u >= size || v < 0 || v >= size) continue;
          result[v * size + u] = spreading;
        }
      }
    }
  }
  return result;
}

function shifted(mask: Uint8Array, size: number, [dx, dy]: readonly [number, number]): Uint8Array {
  if (dx === 0 && dy === 0) return mask;
  const result = new Uint8Array(size * size);
  for (let y = Math.max(0, dy); y < Math.min(size, size + dy); y++) {
    for (let x = Math.max(0, dx); x < Math.min(size, size + dx); x++) {
      result[y * size + x] = mask[(y - dy) * size + x - dx]!;
    }
  }
  return result;
}
