/** @file When two pictures count as duplicates of each other. Measured in docs/decisions/0035-duplicates.md. */

/** Of the hash and the small picture beside it. Raise it with any change of either: items are then hashed again. */
export const hashVersion = 1;

/** Side of the small grey picture, pixels. */
export const smallSide = 32;

/** A picture whose sides are at most this is hashed itself, a larger one by its thumbnail, pixels. */
export const hashedSide = 256;

/** Pairs whose hashes differ in more of the 64 bits are not looked at. */
export const mostBits = 10;

/** Least correlation of local contrast that confirms a pair. Two different chest films reach 0.86. */
export const leastCorrelation = 0.9;

/** What is kept of an item to find its duplicates. */
export interface ItemHash {
  /** [8] bytes: perceptualHash of `pixels` */
  readonly hash: Uint8Array;
  /** [32*32] grey, 0 to 255, row by row: the picture, or its thumbnail, stretched to a square */
  readonly pixels: Uint8Array;
}
