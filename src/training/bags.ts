/**
 * @file Bags of varying length, padded to a few lengths with a mask.
 *
 * A compiled step is recorded once per shape: unpadded, a run would record it at nearly every bag. Lengths grow by a constant
 * factor, so that padding costs less than this factor and a step makes at most `bucketLengths(…).length` recordings (per number
 * of bags in a batch). Give this number to compile as `maxTraces`, or it forgets the ones it needs next.
 */
import { DomainError } from "@tessera/domain/errors";

export interface BucketOptions {
  /** Tiles of the longest bag. */
  readonly largest: number;
  /** Tiles of the shortest padded bag. Default 64: below, a step costs the same whatever the length. */
  readonly smallest?: number;
  /** A length is this times the one before. Default √2: 18 lengths reach 20,000 tiles, at about 20 % of padding. */
  readonly growth?: number;
}

export interface Bag {
  readonly tiles: number;
  /** [tiles, width], row by row. */
  readonly features: Float32Array;
}

export interface PaddedBags {
  readonly bags: number;
  /** Tiles of every bag, padding included. */
  readonly length: number;
  /** [bags, length, width]; 0 at padding. */
  readonly features: Float32Array;
  /** [bags, length], 1 for a tile and 0 for padding. */
  readonly mask: Float32Array;
}

/**
 * The lengths to pad to, rising; the last is `largest`. A bag of more than `smallest` tiles is padded to fewer than
 * `growth` times its tiles.
 *
 * @throws DomainError BAD_INPUT when a length is no positive whole number, or `growth` is below 1.05.
 */
export function bucketLengths({ largest, smallest = 64, growth = Math.SQRT2 }: BucketOptions): number[] {
  for (const [name, value] of Object.entries({ largest, smallest })) {
    if (!Number.isInteger(value) || value < 1) {
      const message = `bucketLengths: expected a positive whole number of tiles for ${name}, got ${value}`;
      throw new DomainError("BAD_INPUT", message, { largest, smallest });
    }
  }
  if (!(growth >= 1.05)) {
    const message = `bucketLengths: expected a growth of at least 1.05, got ${growth}; nearer to 1, every bag would be recorded anew`;
    throw new DomainError("BAD_INPUT", message, { growth });
  }
  const lengths: number[] = [];
  for (let power = 0; (lengths.at(-1) ?? 0) < largest; power++) {
    const length = Math.min(largest, Math.ceil(smallest * growth ** power - 1e-6));
    if (length !== lengths.at(-1)) lengths.push(length); // a small growth may round to the same length twice
  }
  return lengths;
}

/**
 * The shortest length that holds so many tiles.
 * @throws DomainError BAD_INPUT for a bag without tiles, or one longer than all lengths.
 */
export function bucketOf(tiles: number, lengths: readonly number[]): number {
  if (!Number.isInteger(tiles) || tiles < 1) {
    const message = `A bag needs at least one tile, got ${tiles}: attention over nothing is undefined; leave the bag out`;
    throw new DomainError("BAD_INPUT", message, { tiles });
  }
  const length = lengths.find((each) => each >= tiles);
  if (length !== undefined) return length;
  const message = `A bag of ${tiles} tiles is longer than the longest length, ${lengths.at(-1)}; make the lengths for the longest bag, or sample its tiles`;
  throw new DomainError("BAD_INPUT", message, { tiles, longest: lengths.at(-1) });
}

/**
 * One batch: all bags at the length that the longest of them needs.
 *
 * @param width features of a tile
 * @throws DomainError BAD_INPUT as `bucketOf`, for no bag, or where the features are not tiles x width.
 */
export function padBags(bags: readonly Bag[], width: number, lengths: readonly number[]): PaddedBags {
  if (bags.length === 0) throw new DomainError("BAD_INPUT", "padBags: expected at least one bag, got none");
  const length = Math.max(...bags.map(({ tiles }) => bucketOf(tiles, lengths)));
  const features = new Float32Array(bags.length * length * width);
  const mask = new Float32Array(bags.length * length);
  for (const [place, bag] of bags.entries()) {
    if (bag.features.length !== bag.tiles * width) {
      const message = `padBags: expected ${bag.tiles} tiles of ${width} features = ${bag.tiles * width} numbers, got ${bag.features.length}`;
      throw new DomainError("BAD_INPUT", message, { bag: place });
    }
    features.set(bag.features, place * length * width);
    mask.fill(1, place * length, place * length + bag.tiles);
  }
  return { bags: bags.length, length, features, mask };
}
