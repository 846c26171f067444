/** @file Spearman's rank correlation of two maps: whether they put the same pixels first, whatever their scale. */
import { midranks } from "../midranks.ts";

/**
 * The correlation of the ranks of pixels, ties by their middle rank.
 * @returns −1 … 1; null where one of the maps is the same everywhere: it puts no pixel first
 */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  return rankedCorrelation(midranks(a), midranks(b));
}

/** Of ranks at hand, for one map against many. */
export function rankedCorrelation(a: Float64Array, b: Float64Array): number | null {
  const middle = (a.length + 1) / 2;
  let [products, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]! - middle, b[i]! - middle];
    products += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return ofA === 0 || ofB === 0 ? null : products / Math.sqrt(ofA * ofB);
}
