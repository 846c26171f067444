/**
 * @file SSIM of two maps: how alike they look, window by window.
 *
 * Source: Wang, Bovik, Sheikh & Simoncelli 2004, doi:10.1109/TIP.2003.819861, section III.B: windows weighted by a normal of sigma 1.5 pixels, cut
 * at 5 (11x11), K1 = 0.01, K2 = 0.03; the mean over pixels. Each map is first divided by its largest absolute value, so that
 * values are in −1 … 1, as Adebayo et al. 2018 do; the range L is 2. Differs in the border: windows there are weighted by what is
 * inside the image (the paper leaves the border out, which on small maps would be half of them).
 */

const [sigma, reach, range] = [1.5, 5, 2] as const;
const [c1, c2] = [(0.01 * range) ** 2, (0.03 * range) ** 2];
const taps = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)));

/**
 * @param a [size*size], of any scale
 * @param b the same length
 * @returns at most 1, for maps that are the same but for a factor
 */
export function structuralSimilarity(a: ArrayLike<number>, b: ArrayLike<number>, size: number): number {
  const [x, y] = [scaled(a), scaled(b)];
  const local = (values: Float64Array) => windowMeans(values, size);
  const [mx, my] = [local(x), local(y)];
  const [xx, yy, xy] = [local(times(x, x)), local(times(y, y)), local(times(x, y))];
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const [meanX, meanY] = [mx[i]!, my[i]!];
    const covariance = xy[i]! - meanX * meanY;
    const variances = xx[i]! - meanX ** 2 + (yy[i]! - meanY ** 2);
    const means = (2 * meanX * meanY + c1) / (meanX ** 2 + meanY ** 2 + c1);
    sum += means * ((2 * covariance + c2) / (variances + c2));
  }
  return sum / x.length;
}

function scaled(map: ArrayLike<number>): Float64Array {
  let largest = 0;
  for (let i = 0; i < map.length; i++) largest = Math.max(largest, Math.abs(map[i]!));
  return Float64Array.from(map, (value) => (largest === 0 ? 0 : value / largest));
}

const times = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value * b[i]!);

/** Weighted means over the windows: along rows, then along columns. */
function windowMeans(values: Float64Array, size: number): Float64Array {
  return along(along(values, size, 1), size, size);
}

/** @param step between neighbours: 1 along rows, `size` along columns */
function along(values: Float64Array, size: number, step: number): Float64Array {
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const place = step === 1 ? i % size : Math.floor(i / size);
    let [sum, weights] = [0, 0];
    for (let off = Math.max(-reach, -place); off <= Math.min(reach, size - 1 - place); off++) {
      const weight = taps[off + reach]!;
      sum += weight * values[i + off * step]!;
      weights += weight;
    }
    result[i] = sum / weights;
  }
  return result;
}
