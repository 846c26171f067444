/**
 * @file Duplicate pictures among hashed items. Candidates: hashes near each other, of the pictures as they are, turned and mirrored
 * in all eight ways, and of one's inner parts against the other. Confirmed: by correlation of local contrast.
 */
import { bitsOf, lowFrequencies, perceptualHash, turnedFrequencies } from "@tessera/domain/duplicates/perceptualHash";
import { type ItemHash, leastCorrelation, mostBits } from "@tessera/domain/duplicates/rule";
import { bitsBetween, type HashIndex, hashIndex } from "./hashIndex.ts";
import { type Contrast, correlation, localContrast, type Part, partOf, shifted } from "./localContrast.ts";
import { type Orientation, turnings } from "./orientations.ts";
import { type Placings, recentPlacings, type Shift } from "./placings.ts";

export interface Pair {
  /** Places in the lists given; a < b within one list. */
  readonly a: number;
  readonly b: number;
  /** Of the 64 bits of the two hashes, as the pictures are: 0 equal. Turned and cropped copies differ in many. */
  readonly bits: number;
  /** Of local contrast where the two match best, in [0.9, 1]. */
  readonly correlation: number;
  /** How the first is to be turned so that it matches the second. */
  readonly orientation: Orientation;
}

const middle = (scale: number): Part => ({ scale, dx: 0, dy: 0 });
const centred = [middle(0.95), middle(0.9)];
/** What may be another picture, cropped: the middle, and what is left where two sides are cut. */
const inner: readonly Part[] = [
  ...centred,
  ...[-1, 1].flatMap((dy) => [-1, 1].map((dx) => ({ scale: 0.9, dx: 1.6 * dx, dy: 1.6 * dy }))),
];
/** A part cut from a side or a corner is one of the middle, moved. Pixels of 32. */
const shifts: readonly Shift[] = [-1, 0, 1]
  .flatMap((dy) => [-1, 0, 1].map((dx) => ({ dx, dy })))
  .filter(({ dx, dy }) => dx !== 0 || dy !== 0);
/** Correlations below which a middle is not moved, and a moved one not placed anew: no pair below is confirmed then. */
const worth = { moving: 0.42, placing: 0.72 };
/** A turned copy has the same pixels in another order: its hash is nearer than one that was cropped. */
const mostBitsTurned = 6;

/** Yields now and then, so that a caller who must answer others can let them in; returns the pairs, by a, then b. */
export type Searching = Generator<void, Pair[]>;

/** Every pair within one list. */
export function duplicatesWithin(items: readonly ItemHash[]): Searching {
  return search(items, items, true);
}

/** Every pair of one of `first` (a) and one of `second` (b). An item that is in both lists is its own duplicate. */
export function duplicatesAcross(first: readonly ItemHash[], second: readonly ItemHash[]): Searching {
  return search(first, second, false);
}

/** To the end at once. */
export function found(searching: Searching): Pair[] {
  for (;;) {
    const step = searching.next();
    if (step.done) return step.value;
  }
}

function* search(first: readonly ItemHash[], second: readonly ItemHash[], within: boolean): Searching {
  const index = hashIndex(second.map(({ hash }) => hash));
  const indexOfFirst = within ? index : hashIndex(first.map(({ hash }) => hash));
  const pairs = new Map<number, Pair>();
  const viewsOfFirst = viewsOf(first);
  const viewsOfSecond = within ? viewsOfFirst : viewsOf(second);
  const placings = recentPlacings();

  function confirm(a: number, b: number, score: number, orientation: Orientation): void {
    if (score < leastCorrelation) return;
    const key = a * second.length + b;
    const known = pairs.get(key);
    if (known && known.correlation >= score) return;
    const bits = bitsBetween(first[a]!.hash, second[b]!.hash);
    pairs.set(key, { a, b, bits, correlation: Math.min(1, score), orientation });
  }

  for (let a = 0; a < first.length; a++) {
    const frequencies = lowFrequencies(first[a]!.pixels);
    for (const turning of turnings) {
      const { orientation, order, turn } = turning;
      const asItIs = turning === turnings[0];
      index.near(bitsOf(turnedFrequencies(frequencies, turn)), asItIs ? mostBits : mostBitsTurned, (b) => {
        if (within && b <= a) return;
        const [of, other] = [viewsOfFirst(a), viewsOfSecond(b)];
        const score = asItIs
          ? match(of, other, first[a]!, second[b]!, placings)
          : correlation(of.whole, other.whole, order);
        confirm(a, b, score, orientation);
      });
    }
    eachPart(first[a]!, index, viewsOfSecond, placings, (b, score) => {
      if (!within || b > a) confirm(a, b, score, "as it is");
      else if (b < a) confirm(b, a, score, "as it is");
    });
    if (a % 64 === 63) yield;
  }
  if (!within) {
    for (let b = 0; b < second.length; b++) {
      eachPart(second[b]!, indexOfFirst, viewsOfFirst, placings, (a, score) => confirm(a, b, score, "as it is"));
      if (b % 64 === 63) yield;
    }
  }
  return [...pairs.values()].sort((p, q) => p.a - q.a || p.b - q.b);
}

/** Inner parts of a picture against whole others, which then are cropped copies of it. */
function eachPart(
  { pixels }: ItemHash,
  others: HashIndex,
  viewsOfOthers: (place: number) => Views,
  placings: Placings,
  found: (place: number, score: number) => void,
): void {
  for (const part of inner) {
    const cut = partOf(pixels, part);
    const contrast = localContrast(cut);
    others.near(perceptualHash(cut), mostBits, (place) => {
      const { whole } = viewsOfOthers(place);
      const score = correlation(contrast, whole);
      found(
        place,
        score < leastCorrelation && score >= worth.moving
          ? Math.max(
              score,
              moved(contrast, whole, score, (at) => placings(pixels, part, at)),
            )
          : score,
      );
    });
  }
}

interface Views {
  readonly whole: Contrast;
  /** As of `centred`. */
  readonly parts: readonly Contrast[];
}

/** Computed when first asked for: 3 KB an item. */
function viewsOf(items: readonly ItemHash[]): (place: number) => Views {
  const known: Views[] = [];
  return (place) => {
    const { pixels } = items[place]!;
    known[place] ??= {
      whole: localContrast(pixels),
      parts: centred.map((part) => localContrast(partOf(pixels, part))),
    };
    return known[place];
  };
}

/** The best correlation of the two as they are, or of a part of one with the other. Flat pictures have to be equal. */
function match(a: Views, b: Views, ofA: ItemHash, ofB: ItemHash, placings: Placings): number {
  if (a.whole.length === 0 && b.whole.length === 0) return Buffer.compare(ofA.pixels, ofB.pixels) === 0 ? 1 : 0;
  const whole = correlation(a.whole, b.whole);
  if (whole >= leastCorrelation) return whole;
  let [best, cut] = [-1, { part: 0, ofFirst: true }];
  for (let part = 0; part < centred.length; part++) {
    for (const ofFirst of [true, false]) {
      const score = ofFirst ? correlation(a.parts[part]!, b.whole) : correlation(b.parts[part]!, a.whole);
      if (score > best) [best, cut] = [score, { part, ofFirst }];
    }
  }
  if (best >= leastCorrelation || best < worth.moving) return Math.max(whole, best);
  const { part, ofFirst } = cut;
  const [of, other, { pixels }] = ofFirst ? [a, b, ofA] : [b, a, ofB];
  const placed = (at: Shift) => placings(pixels, centred[part]!, at);
  return Math.max(whole, best, moved(of.parts[part]!, other.whole, best, placed));
}

/**
 * The best correlation of a part, moved, with another picture: by whole pixels, then cut from the picture anew.
 * @param unmoved their correlation as they are
 */
function moved(
  contrast: Contrast,
  whole: Contrast,
  unmoved: number,
  placed: (at: Shift) => readonly Contrast[],
): number {
  let [best, at] = [Math.max(0, unmoved), { dx: 0, dy: 0 }];
  for (const shift of shifts) {
    const score = shifted(contrast, whole, shift.dx, shift.dy);
    if (score > best) [best, at] = [score, shift];
  }
  if (best >= leastCorrelation || best < worth.placing) return best;
  for (const anew of placed(at)) best = Math.max(best, correlation(anew, whole));
  return best;
}
