/**
 * @file How far two sets of weights of one architecture are apart, block by block: the L2 norm of the difference, as Neyshabur,
 * Sedghi & Zhang 2020 (arXiv:2008.11687), section 3.3, take it of a start and an end. Moving averages are no weights and left out.
 */
import { placeOf } from "../weights/blocks.ts";
import type { NamedWeights } from "../weights/named.ts";
import { isMovingAverage } from "../weights/statistics.ts";

export interface Travelled {
  readonly distance: number;
  readonly normA: number;
  readonly normB: number;
}

/** By block, the head as "head"; null where names or shapes differ. */
export function distances(a: NamedWeights, b: NamedWeights): Map<string, Travelled> | null {
  const squares = new Map<string, { distance: number; normA: number; normB: number }>();
  if (a.size !== b.size) return null;
  for (const [name, left] of a) {
    const right = b.get(name);
    if (right === undefined || String(right.shape) !== String(left.shape)) return null;
    if (isMovingAverage(name)) continue;
    const block = placeOf(name) ?? "head";
    const sum = squares.get(block) ?? { distance: 0, normA: 0, normB: 0 };
    for (let i = 0; i < left.data.length; i++) {
      sum.distance += (left.data[i]! - right.data[i]!) ** 2;
      sum.normA += left.data[i]! ** 2;
      sum.normB += right.data[i]! ** 2;
    }
    squares.set(block, sum);
  }
  const root = ({ distance, normA, normB }: Travelled) => ({
    distance: Math.sqrt(distance),
    normA: Math.sqrt(normA),
    normB: Math.sqrt(normB),
  });
  return new Map([...squares].map(([block, sum]) => [block, root(sum)]));
}
