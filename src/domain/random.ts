/** @file Random numbers that are a function of a key: the same key gives the same stream on every machine. */
import { createHash } from "node:crypto";

export interface RandomStream {
  /** In [0, 1), 32 bits. */
  uniform(): number;
  /** In [low, high). */
  between(low: number, high: number): number;
  /** 0 to n - 1. */
  integer(n: number): number;
  /** Standard normal (Box & Muller 1958). */
  normal(): number;
}

/**
 * The generator is sfc32 (C. Doty-Humphrey, PractRand): 128 bits of state, here from the sha256 of the key.
 * Streams of different keys are independent: randomStream(seed, "noise") does not move when "folds" draws one more.
 */
export function randomStream(...key: readonly (string | number)[]): RandomStream {
  const digest = createHash("sha256").update(JSON.stringify(key)).digest();
  let [a, b, c, counter] = [0, 4, 8, 12].map((at) => digest.readInt32LE(at)) as [number, number, number, number];
  const uniform = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    integer: (n) => Math.floor(n * uniform()),
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}
