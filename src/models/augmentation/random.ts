/**
 * @file Random numbers that depend on a key alone, so that order, timing and workers never matter.
 *
 * Sources: splitmix32 (a 32-bit variant of Steele, Lea & Flood 2014) turns the key into a state; xoshiro128** (Blackman &
 * Vigna 2021) draws from it.
 */
export interface RandomKey {
  /** The run's seed. */
  readonly seed: number;
  readonly epoch: number;
  /** The item's place in the training fold. */
  readonly index: number;
}

/** Draws numbers in [0, 1), the same for equal keys. */
export function keyedRandom({ seed, epoch, index }: RandomKey): () => number {
  let mixed = 0;
  for (const part of [seed, epoch, index]) mixed = scramble((mixed ^ (part >>> 0)) + 0x9e3779b9);
  const next = () => {
    mixed = (mixed + 0x9e3779b9) | 0;
    return scramble(mixed);
  };
  const state = Int32Array.of(next(), next(), next(), next());
  return () => xoshiro(state) / 2 ** 32;
}

/** 0 … length − 1 in an order that depends on the key alone (Fisher & Yates). */
export function shuffledIndices(length: number, key: RandomKey): Uint32Array {
  const random = keyedRandom(key);
  const order = Uint32Array.from({ length }, (_, i) => i);
  for (let last = length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

function scramble(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return bits ^ (bits >>> 15);
}

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

function xoshiro(s: Int32Array): number {
  const result = Math.imul(rotate(Math.imul(s[1]!, 5), 7), 9);
  const shifted = s[1]! << 9;
  s[2]! ^= s[0]!;
  s[3]! ^= s[1]!;
  s[1]! ^= s[2]!;
  s[0]! ^= s[3]!;
  s[2]! ^= shifted;
  s[3] = rotate(s[3]!, 11);
  return result >>> 0;
}
