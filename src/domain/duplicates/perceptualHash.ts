/** @file The perceptual hash of a small grey picture, as it is or turned. */
import { DomainError } from "../errors.ts";
import { smallSide } from "./rule.ts";

const n = smallSide;
const low = 8;

/** [low*n] cos(π k (2x + 1) / 2n): row k is the k-th frequency of the DCT-II. */
const cosines = Float64Array.from({ length: low * n }, (_, i) => {
  const [k, x] = [Math.floor(i / n), i % n];
  return Math.cos((Math.PI * k * (2 * x + 1)) / (2 * n));
});

/**
 * 64 bits: which of the 8 × 8 lowest frequencies of the two-dimensional DCT-II lie above their median, row by row, the first in
 * the highest bit of the first byte.
 *
 * As `imagehash.phash` (J. Buchner, after N. Krawetz, "Looks like it", 2011), except that a coefficient below 1e-6 counts as 0, so
 * that the hash of a flat picture is no matter of rounding.
 * @param pixels [32*32] grey, row by row
 * @returns [8]
 */
export const perceptualHash = (pixels: ArrayLike<number>): Uint8Array => bitsOf(lowFrequencies(pixels));

/** The lowest frequencies. @param pixels [32*32] @returns [8*8], down, then across */
export function lowFrequencies(pixels: ArrayLike<number>): Float64Array {
  if (pixels.length !== n * n) {
    throw new DomainError("BAD_INPUT", `Expected ${n * n} pixels to hash, got ${pixels.length}`);
  }
  const rows = new Float64Array(n * low); //                    [n, low] across
  for (let y = 0; y < n; y++) {
    for (let k = 0; k < low; k++) {
      let sum = 0;
      for (let x = 0; x < n; x++) sum += pixels[y * n + x]! * cosines[k * n + x]!;
      rows[y * low + k] = sum;
    }
  }
  const coefficients = new Float64Array(low * low); //          [low, low] down, then across
  for (let j = 0; j < low; j++) {
    for (let y = 0; y < n; y++) {
      const weight = cosines[j * n + y]!;
      for (let k = 0; k < low; k++) coefficients[j * low + k]! += weight * rows[y * low + k]!;
    }
  }
  for (let i = 0; i < coefficients.length; i++) if (Math.abs(coefficients[i]!) < 1e-6) coefficients[i] = 0;
  return coefficients;
}

export function bitsOf(coefficients: Float64Array): Uint8Array {
  const sorted = coefficients.toSorted();
  const median = (sorted[31]! + sorted[32]!) / 2;
  const hash = new Uint8Array(8);
  for (let i = 0; i < 64; i++) if (coefficients[i]! > median) hash[i >> 3]! |= 0x80 >> (i & 7);
  return hash;
}

/** Mirrored left to right, or top to bottom, then transposed. */
export interface Turn {
  readonly across: boolean;
  readonly down: boolean;
  readonly transposed: boolean;
}

/** The frequencies of the turned picture: a mirrored cosine of odd frequency changes its sign. */
export function turnedFrequencies(coefficients: Float64Array, { across, down, transposed }: Turn): Float64Array {
  const made = new Float64Array(low * low);
  for (let j = 0; j < low; j++) {
    for (let k = 0; k < low; k++) {
      const odd = (across && k % 2 === 1) !== (down && j % 2 === 1);
      const value = coefficients[j * low + k]!;
      made[transposed ? k * low + j : j * low + k] = odd ? -value : value;
    }
  }
  return made;
}
