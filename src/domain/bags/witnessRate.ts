/**
 * @file Bags composed anew at a set witness rate: the share of a positive bag's tiles that are positive themselves.
 *
 * Needs tiles whose own label is known. Tiles of the two kinds are pooled per fold, and each bag is drawn from the pools of its fold, so
 * that no tile crosses from one fold to another; within a bag no tile is drawn twice.
 */
import { DomainError } from "../errors.ts";
import { randomStream } from "../random.ts";

export const witnessRates = { low: 0.001, high: 0.5 } as const;

export interface Composition {
  /** 0.001 to 0.5. */
  readonly rate: number;
  /** In every bag. */
  readonly tiles: number;
  readonly bags: number;
  readonly seed: number;
}

export interface ComposedBag {
  readonly positive: boolean;
  /** Of the tiles given, by place; in an order that says nothing. */
  readonly tiles: readonly number[];
  /** How many of them are positive. */
  readonly witnesses: number;
}

/** Of a positive bag, at least one: below 1 / tiles a rate cannot be had, and the bag's own is told instead. */
export const witnessesOf = ({ rate, tiles }: Pick<Composition, "rate" | "tiles">): number =>
  Math.max(1, Math.round(rate * tiles));

/**
 * Every second bag is positive. At another rate the negative tiles of a bag are the same draw but for those that witnesses take the place
 * of: bags of two rates differ in the witnesses alone.
 *
 * @param tiles of one fold: whether each is positive
 * @throws DomainError BAD_INPUT where a number is out of limits, or the fold has too few tiles of a kind
 */
export function composeBags(tiles: readonly boolean[], composition: Composition): ComposedBag[] {
  const { rate, tiles: size, bags, seed } = composition;
  if (!(rate >= witnessRates.low && rate <= witnessRates.high)) {
    refuse("rate", `expected a share from ${witnessRates.low} to ${witnessRates.high}, got ${rate}`);
  }
  for (const [field, value] of Object.entries({ tiles: size, bags })) {
    if (!Number.isInteger(value) || value < 1) refuse(field, `expected a positive whole number, got ${value}`);
  }
  const places = (positive: boolean) => tiles.flatMap((each, place) => (each === positive ? [place] : []));
  const [positives, negatives] = [places(true), places(false)];
  const witnesses = witnessesOf(composition);
  if (positives.length < witnesses || negatives.length < size) {
    const has = `${positives.length} positive and ${negatives.length} negative tiles`;
    refuse(
      "tiles",
      `a bag of ${size} tiles at a rate of ${rate} needs ${witnesses} positive and ${size} negative, and the fold has ${has}`,
    );
  }
  return Array.from({ length: bags }, (_, index) => {
    const positive = index % 2 === 1;
    const plain = drawn(negatives, size, randomStream(seed, "negative", index));
    const told = positive ? drawn(positives, witnesses, randomStream(seed, "positive", index)) : [];
    const taken = drawn([...plain.keys()], told.length, randomStream(seed, "place", index));
    const composed = [...plain];
    for (const [i, place] of taken.entries()) composed[place] = told[i]!;
    return { positive, tiles: composed, witnesses: told.length };
  });
}

/** So many of `from`, none twice (the first steps of Fisher and Yates): a smaller draw begins a larger one. */
function drawn(from: readonly number[], count: number, random: ReturnType<typeof randomStream>): number[] {
  const order = [...from];
  for (let place = 0; place < count; place++) {
    const other = place + random.integer(order.length - place);
    [order[place], order[other]] = [order[other]!, order[place]!];
  }
  return order.slice(0, count);
}

function refuse(field: string, message: string): never {
  throw new DomainError("BAD_INPUT", `${field}: ${message}`, { field });
}
