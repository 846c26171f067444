/**
 * @file Linear CKA between the features of two networks on the same items, by three estimators.
 *
 *   linear     Kornblith et al. 2019, arXiv:1905.00414, equation 4: biased upwards where features are many and items few
 *   unbiased   the same with HSIC_1 of Song et al. 2012 (JMLR 13), equation 5, so that independent features are at 0 on average
 *   minibatch  Nguyen, Raghu & Kornblith 2021, arXiv:2010.15327, equation 3: HSIC_1 averaged over minibatches, then divided. One
 *              pass over full batches in the items' order, where the paper passes several times
 *
 * All three are the cosine of two vectors made of the centred Gram matrices, so that a pair of layers costs one product. For HSIC_1
 * the centring is that of Székely & Rizzo 2014 (U-centring), whose product is HSIC_1 times n(n − 3).
 */
import type { Estimator } from "@tessera/domain/inspections/featureReuse";

/** XXᵀ of features [items, features], each feature's mean taken off; symmetric, row by row. */
export interface Gram {
  readonly items: number;
  readonly values: Float64Array;
}

/** Of the whole, what rounding leaves of features that do not vary. */
const rounding = 1e-12;

/** @param features [items, width] row by row */
export function gramOf(features: Float32Array, items: number): Gram {
  const width = features.length / items;
  const centred = Float64Array.from(features);
  const whole = dot(centred, centred);
  for (let f = 0; f < width; f++) {
    let mean = 0;
    for (let i = 0; i < items; i++) mean += centred[i * width + f]! / items;
    for (let i = 0; i < items; i++) centred[i * width + f]! -= mean;
  }
  const values = new Float64Array(items * items);
  if (dot(centred, centred) <= rounding * whole) return { items, values };
  for (let i = 0; i < items; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let f = 0; f < width; f++) sum += centred[i * width + f]! * centred[j * width + f]!;
      values[i * items + j] = sum;
      values[j * items + i] = sum;
    }
  }
  return { items, values };
}

/** A Gram matrix as the vector whose cosine with another's is CKA; of length 1, or null where the features do not vary. */
export type CkaVector = Float64Array | null;

export interface CkaOptions {
  readonly estimator: Estimator;
  /** Items of a minibatch, at least 4; items that fill no batch are left out. */
  readonly batch: number;
  /** Which item is in which place. Absent: each in its own. */
  readonly order?: ArrayLike<number>;
}

/** @throws RangeError for fewer than 4 items: HSIC_1 is undefined */
export function ckaVector({ items, values }: Gram, { estimator, batch, order }: CkaOptions): CkaVector {
  const size = estimator === "minibatch" ? Math.min(batch, items) : items;
  if (size < 4) throw new RangeError(`CKA: expected at least 4 items, got ${size}`);
  const parts: Float64Array[] = [];
  for (let from = 0; from + size <= items; from += size) {
    const place = (i: number) => order?.[from + i] ?? from + i;
    const part = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) part[i * size + j] = values[place(i) * items + place(j)]!;
    }
    parts.push(estimator === "linear" ? doubleCentred(part, size) : uCentred(part, size));
  }
  return unit(parts);
}

/** Rows: a's; columns: b's. */
export const ckaMatrix = (a: readonly CkaVector[], b: readonly CkaVector[]): (number | null)[][] =>
  a.map((left) => b.map((right) => (left === null || right === null ? null : dot(left, right))));

function doubleCentred(gram: Float64Array, n: number): Float64Array {
  const { rows, total } = sums(gram, n);
  return upper(n, (i, j) => gram[i * n + j]! - (rows[i]! + rows[j]!) / n + total / (n * n));
}

/** With the diagonal at 0, before and after. */
function uCentred(gram: Float64Array, n: number): Float64Array {
  for (let i = 0; i < n; i++) gram[i * n + i] = 0;
  const { rows, total } = sums(gram, n);
  return upper(n, (i, j) =>
    i === j ? 0 : gram[i * n + j]! - (rows[i]! + rows[j]!) / (n - 2) + total / ((n - 1) * (n - 2)),
  );
}

function sums(gram: Float64Array, n: number): { rows: Float64Array; total: number } {
  const rows = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) rows[i]! += gram[i * n + j]!;
  return { rows, total: rows.reduce((sum, row) => sum + row, 0) };
}

/** Of a symmetric matrix: what is above the diagonal counts twice in a product. */
function upper(n: number, at: (i: number, j: number) => number): Float64Array {
  const values = new Float64Array((n * (n + 1)) / 2);
  let place = 0;
  for (let i = 0; i < n; i++) for (let j = i; j < n; j++) values[place++] = (i === j ? 1 : Math.SQRT2) * at(i, j);
  return values;
}

function unit(parts: readonly Float64Array[]): CkaVector {
  const whole = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  const length = Math.sqrt(dot(whole, whole));
  if (!(length > 0) || !Number.isFinite(length)) return null;
  return whole.map((value) => value / length);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
