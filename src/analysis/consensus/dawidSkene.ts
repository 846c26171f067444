/**
 * @file Dawid & Skene 1979 (Applied Statistics 28:20): the true category of each item, and each reader's confusion matrix, by expectation
 * maximisation from their opinions alone.
 *
 * Begins at each item's shares of votes. Differs from the paper in one way: `pseudoCount` is added to every cell of a confusion matrix and of
 * the prevalence, so that a reader who never made a mistake can still be outvoted.
 */
import { DomainError } from "@tessera/domain/errors";
import { missing, type Ratings } from "../agreement/ratings.ts";

export interface DawidSkeneOptions {
  readonly iterations?: number;
  /** Stops once no posterior moves by more. */
  readonly tolerance?: number;
  readonly pseudoCount?: number;
}

export interface ReaderConfusion {
  readonly reader: string;
  /** Opinions of this reader. */
  readonly opinions: number;
  /** [true category][called category], rows sum to 1. */
  readonly rates: readonly (readonly number[])[];
  /** Per true category: how many of the reader's items have it, in expectation: what its row of rates rests on. */
  readonly items: readonly number[];
}

export interface Consensus {
  /** [items * categories], item by item; all 0 where nobody called the item. */
  readonly posteriors: Float64Array;
  /** Per item: the most probable category, the first of equals; `missing` where nobody called it. */
  readonly labels: Int16Array;
  /** Per category: its prevalence. */
  readonly prevalence: readonly number[];
  readonly readers: readonly ReaderConfusion[];
  readonly iterations: number;
  readonly converged: boolean;
}

/** @throws DomainError BAD_INPUT where no item has an opinion */
export function dawidSkene(
  ratings: Ratings,
  { iterations = 200, tolerance = 1e-6, pseudoCount = 0.01 }: DawidSkeneOptions = {},
): Consensus {
  const { readers, categories, values } = ratings;
  const items = values.length / readers.length;
  const posteriors = voteShares(ratings);
  let model = fit(ratings, posteriors, pseudoCount);
  let done = 0;
  let moved = Number.POSITIVE_INFINITY;
  while (done < iterations && moved > tolerance) {
    moved = expect(ratings, model, posteriors);
    model = fit(ratings, posteriors, pseudoCount);
    done++;
  }
  const labels = new Int16Array(items);
  for (let item = 0; item < items; item++) labels[item] = mostProbable(posteriors, item, categories);
  return {
    posteriors,
    labels,
    prevalence: model.prevalence,
    readers: readers.map((reader, index) => confusionOf(ratings, posteriors, model, reader, index)),
    iterations: done,
    converged: moved <= tolerance,
  };
}

function voteShares({ readers, categories, values }: Ratings): Float64Array {
  const shares = new Float64Array((values.length / readers.length) * categories);
  let opinions = 0;
  for (let at = 0, to = 0; at < values.length; at += readers.length, to += categories) {
    let own = 0;
    for (let reader = 0; reader < readers.length; reader++) {
      const value = values[at + reader]!;
      if (value === missing) continue;
      shares[to + value]!++;
      own++;
    }
    if (own > 0) for (let each = to; each < to + categories; each++) shares[each]! /= own;
    opinions += own;
  }
  if (opinions === 0)
    throw new DomainError("BAD_INPUT", "Expected at least one opinion, got none; import a reader's labels first");
  return shares;
}

interface Model {
  readonly prevalence: number[];
  /** [reader][true * categories + called]. */
  readonly rates: readonly Float64Array[];
}

/** The maximisation step. */
function fit({ readers, categories, values }: Ratings, posteriors: Float64Array, pseudoCount: number): Model {
  const prevalence = new Array<number>(categories).fill(pseudoCount);
  const rates = readers.map(() => new Float64Array(categories * categories).fill(pseudoCount));
  for (let at = 0, from = 0; at < values.length; at += readers.length, from += categories) {
    for (let each = 0; each < categories; each++) prevalence[each]! += posteriors[from + each]!;
    for (let reader = 0; reader < readers.length; reader++) {
      const called = values[at + reader]!;
      if (called === missing) continue;
      const counts = rates[reader]!;
      for (let each = 0; each < categories; each++) counts[each * categories + called]! += posteriors[from + each]!;
    }
  }
  for (const counts of rates) {
    for (let row = 0; row < counts.length; row += categories) normalize(counts, row, row + categories);
  }
  normalize(prevalence, 0, categories);
  return { prevalence, rates };
}

function normalize(values: number[] | Float64Array, from: number, to: number): void {
  let sum = 0;
  for (let at = from; at < to; at++) sum += values[at]!;
  if (sum > 0) for (let at = from; at < to; at++) values[at]! /= sum;
}

/** The expectation step, in place. @returns how far a posterior moved at most */
function expect({ readers, categories, values }: Ratings, { prevalence, rates }: Model, posteriors: Float64Array) {
  const logs = rates.map((each) => each.map(Math.log));
  const prior = prevalence.map(Math.log);
  const next = new Float64Array(categories);
  let moved = 0;
  for (let at = 0, to = 0; at < values.length; at += readers.length, to += categories) {
    let opinions = 0;
    next.set(prior);
    for (let reader = 0; reader < readers.length; reader++) {
      const called = values[at + reader]!;
      if (called === missing) continue;
      opinions++;
      for (let each = 0; each < categories; each++) next[each]! += logs[reader]![each * categories + called]!;
    }
    if (opinions === 0) continue;
    const highest = next.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    for (let each = 0; each < categories; each++) next[each] = Math.exp(next[each]! - highest);
    normalize(next, 0, categories);
    for (let each = 0; each < categories; each++) {
      moved = Math.max(moved, Math.abs(next[each]! - posteriors[to + each]!));
      posteriors[to + each] = next[each]!;
    }
  }
  return moved;
}

function mostProbable(posteriors: Float64Array, item: number, categories: number): number {
  let best = missing;
  for (let each = 0; each < categories; each++) {
    const value = posteriors[item * categories + each]!;
    if (value > (best === missing ? 0 : posteriors[item * categories + best]! + 1e-12)) best = each;
  }
  return best;
}

function confusionOf(
  { readers, categories, values }: Ratings,
  posteriors: Float64Array,
  model: Model,
  reader: string,
  index: number,
): ReaderConfusion {
  const items = new Array<number>(categories).fill(0);
  let opinions = 0;
  for (let at = index, from = 0; at < values.length; at += readers.length, from += categories) {
    if (values[at] === missing) continue;
    opinions++;
    for (let each = 0; each < categories; each++) items[each]! += posteriors[from + each]!;
  }
  const cells = model.rates[index]!;
  const rates = items.map((_, row) => [...cells.subarray(row * categories, (row + 1) * categories)]);
  return { reader, opinions, rates, items };
}
