/**
 * @file What tells the classes of every domain apart: a surface of round pits, or of long grooves, as the pit patterns of polyps
 * (Kudo et al. 1994) are told apart.
 *
 * Both classes have the same values in the same numbers and the same period, so that neither brightness nor contrast nor scale tells
 * which one it is: their arrangement alone does.
 */
import type { RandomStream } from "@tessera/domain/random";
import { octaves } from "./noise.ts";

export const patternNames = ["grooves", "pits"] as const;
export type PatternName = (typeof patternNames)[number];

export interface PatternOptions {
  readonly name: PatternName;
  /** Side of the square picture, pixels. */
  readonly size: number;
  /** From one pit or groove to the next, as a share of the side. */
  readonly period: number;
  /** How far the pattern is bent, in periods; 0: as drawn with a ruler. */
  readonly warp: number;
  /** [size*size], 1 where the pattern lies. */
  readonly mask: Uint8Array;
  readonly random: RandomStream;
}

/** @returns [size*size]: within the mask evenly spread over -1..1, -1 in the middle of a pit or groove; 0 outside */
export function pattern({ name, size, period, warp, mask, random }: PatternOptions): Float32Array {
  const turn = random.between(0, Math.PI);
  const [offsetX, offsetY] = [random.uniform(), random.uniform()];
  const bend = [octaves(size, 3, 2, 0.5, random), octaves(size, 3, 2, 0.5, random)] as const;
  const waves = name === "grooves" ? [turn] : [turn, turn + Math.PI / 3, turn + (2 * Math.PI) / 3];
  const height = (i: number): number => {
    const x = (i % size) / size + offsetX + warp * period * bend[0][i]!;
    const y = Math.floor(i / size) / size + offsetY + warp * period * bend[1][i]!;
    const along = (angle: number) => Math.cos((2 * Math.PI * (x * Math.cos(angle) + y * Math.sin(angle))) / period);
    return -waves.reduce((sum, angle) => sum + along(angle), 0);
  };
  const inside = [...mask.keys()].filter((i) => mask[i] === 1).map((i) => ({ i, height: height(i) }));
  inside.sort((a, b) => a.height - b.height);
  const result = new Float32Array(size * size);
  for (const [rank, { i }] of inside.entries()) result[i] = (2 * rank + 1) / inside.length - 1;
  return result;
}
