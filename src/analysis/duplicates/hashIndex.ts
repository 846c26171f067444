/**
 * @file Which of many 64-bit hashes lie within a few bits of one: multi-index hashing (Norouzi, Punjani & Fleet 2012).
 *
 * Two hashes that differ in at most r bits differ in at most ⌊r / 4⌋ bits in one of their four 16-bit words, so only the hashes
 * that are that near in a word are looked at.
 */
import { mostBits } from "@tessera/domain/duplicates/rule";

const words = 4;
const values = 1 << 16;

export interface HashIndex {
  /** Calls with the place of every hash that differs in `most` bits or less, each once, in no order. @param most to `mostBits` */
  near(hash: Uint8Array, most: number, found: (place: number) => void): void;
}

/** @param hashes [n][8] */
export function hashIndex(hashes: readonly Uint8Array[]): HashIndex {
  const count = hashes.length;
  const high = Uint32Array.from(hashes, (hash) => half(hash, 0));
  const low = Uint32Array.from(hashes, (hash) => half(hash, 4));
  const tables = Array.from({ length: words }, (_, word) => table(hashes, word));
  const seen = new Uint32Array(count);
  let asked = 0;
  return {
    near(hash, most, found) {
      asked++;
      const [h, l] = [half(hash, 0), half(hash, 4)];
      for (let word = 0; word < words; word++) {
        const { starts, places } = tables[word]!;
        const value = wordOf(hash, word);
        for (let i = 0; i < flips.length; i++) {
          if (counts[i]! * words > most) break;
          const bucket = value ^ flips[i]!;
          for (let at = starts[bucket]!; at < starts[bucket + 1]!; at++) {
            const place = places[at]!;
            if (seen[place] === asked) continue;
            seen[place] = asked;
            if (ones(high[place]! ^ h) + ones(low[place]! ^ l) <= most) found(place);
          }
        }
      }
    },
  };
}

const half = (hash: Uint8Array, at: number) =>
  ((hash[at]! << 24) | (hash[at + 1]! << 16) | (hash[at + 2]! << 8) | hash[at + 3]!) >>> 0;
const wordOf = (hash: Uint8Array, word: number) => (hash[2 * word]! << 8) | hash[2 * word + 1]!;

/** The places of the hashes, sorted by one word of theirs; those of value v lie from starts[v] to starts[v + 1]. */
function table(hashes: readonly Uint8Array[], word: number) {
  const starts = new Uint32Array(values + 1);
  for (const hash of hashes) starts[wordOf(hash, word) + 1]!++;
  for (let value = 0; value < values; value++) starts[value + 1]! += starts[value]!;
  const next = starts.slice();
  const places = new Uint32Array(hashes.length);
  hashes.forEach((hash, place) => {
    places[next[wordOf(hash, word)]!++] = place;
  });
  return { starts, places };
}

/** Every pattern of at most ⌊mostBits / 4⌋ of 16 bits, fewest first, and their bits. */
const flips = Array.from({ length: values }, (_, value) => value)
  .filter((value) => ones(value) <= Math.floor(mostBits / words))
  .sort((a, b) => ones(a) - ones(b));
const counts = flips.map(ones);

export function bitsBetween(a: Uint8Array, b: Uint8Array): number {
  return ones(half(a, 0) ^ half(b, 0)) + ones(half(a, 4) ^ half(b, 4));
}

function ones(value: number): number {
  let x = value - ((value >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
