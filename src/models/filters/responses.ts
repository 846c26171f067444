/** @file What filters answer to an image, in numbers. Plain arithmetic on a layer's output; channels vary fastest in it. */

/** Of one filter over all positions of one image. */
export interface FilterResponse {
  readonly mean: number;
  /** Share of the positions that are above 0. */
  readonly active: number;
  readonly low: number;
  readonly high: number;
}

/** @param values [positions, filters] */
export function filterResponses(values: Float32Array, filters: number): FilterResponse[] {
  const positions = values.length / filters;
  const [sums, above] = [new Float64Array(filters), new Float64Array(filters)];
  const lows = new Float64Array(filters).fill(Number.POSITIVE_INFINITY);
  const highs = new Float64Array(filters).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0, filter = 0; i < values.length; i++, filter = filter + 1 === filters ? 0 : filter + 1) {
    const value = values[i]!;
    sums[filter]! += value;
    if (value > 0) above[filter]!++;
    if (value < lows[filter]!) lows[filter] = value;
    if (value > highs[filter]!) highs[filter] = value;
  }
  return Array.from(sums, (sum, filter) => ({
    mean: sum / positions,
    active: above[filter]! / positions,
    low: lows[filter]!,
    high: highs[filter]!,
  }));
}

/**
 * How much the answer of each filter changed: the root mean square of the difference over all positions of all images, in units of the
 * root mean square of all of the layer's answers before (after, where it was silent before; 0 where it is silent still). So a filter
 * that hardly answers does not come first because it doubled.
 * @param before per image [positions, filters] @param after the same images
 */
export function responseChanges(
  before: readonly Float32Array[],
  after: readonly Float32Array[],
  filters: number,
): number[] {
  const squares = new Float64Array(filters);
  let [all, allAfter, count] = [0, 0, 0];
  for (const [image, values] of before.entries()) {
    const later = after[image]!;
    for (let i = 0, filter = 0; i < values.length; i++, filter = filter + 1 === filters ? 0 : filter + 1) {
      squares[filter]! += (later[i]! - values[i]!) ** 2;
      all += values[i]! ** 2;
      allAfter += later[i]! ** 2;
    }
    count += values.length;
  }
  const unit = Math.sqrt((all > 0 ? all : allAfter) / count);
  return Array.from(squares, (sum) => (unit === 0 ? 0 : Math.sqrt((sum * filters) / count) / unit));
}

/**
 * One filter's answer as a picture: averaged where it is larger than `most` on a side.
 * @param values [side, side, filters] @returns [shown, shown], shown ≤ most
 */
export function filterMap(values: Float32Array, filters: number, filter: number, most: number): Float32Array {
  const side = Math.round(Math.sqrt(values.length / filters));
  const shown = Math.min(side, most);
  const map = new Float32Array(shown * shown);
  for (let row = 0; row < shown; row++) {
    const [top, bottom] = [Math.floor((row * side) / shown), Math.ceil(((row + 1) * side) / shown)];
    for (let column = 0; column < shown; column++) {
      const [left, right] = [Math.floor((column * side) / shown), Math.ceil(((column + 1) * side) / shown)];
      let sum = 0;
      for (let y = top; y < bottom; y++)
        for (let x = left; x < right; x++) sum += values[(y * side + x) * filters + filter]!;
      map[row * shown + column] = sum / ((bottom - top) * (right - left));
    }
  }
  return map;
}
