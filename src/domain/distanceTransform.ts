/** @file How far every pixel is from the nearest pixel of a mask, exactly. */

/** What one pixel measures along each axis, in one unit. */
export interface Spacing {
  readonly x: number;
  readonly y: number;
}

/**
 * The squared Euclidean distance of every pixel's centre to that of the nearest pixel that is not 0: first along columns, then
 * along rows, each as a lower envelope of parabolas; time follows the number of pixels.
 *
 * @param mask    [height*width], row by row.
 * @param spacing of one pixel, in the unit whose square is returned.
 * @returns [height*width]; Infinity everywhere for a mask without such a pixel.
 * @throws RangeError when the length is not width*height.
 *
 * Source: Felzenszwalb & Huttenlocher 2012, Theory of Computing 8:415, section 2; columns without a pixel are left out of the
 * envelope instead of standing at a large finite height.
 */
export function squaredDistances(
  mask: Uint8Array,
  width: number,
  height: number,
  spacing: Spacing = { x: 1, y: 1 },
): Float64Array {
  if (mask.length !== width * height) {
    throw new RangeError(
      `squaredDistances: expected ${width}x${height} = ${width * height} pixels, got ${mask.length}`,
    );
  }
  const distances = new Float64Array(mask.length);
  for (let at = 0; at < mask.length; at++) if (mask[at] === 0) distances[at] = Number.POSITIVE_INFINITY;
  const line = lineOf(Math.max(width, height));
  for (let x = 0; x < width; x++) transformLine(distances, x, width, height, spacing.y, line);
  for (let y = 0; y < height; y++) transformLine(distances, y * width, 1, width, spacing.x, line);
  return distances;
}

/** Scratch of one line: its heights before, and the envelope's parabolas with where each begins. */
interface Line {
  readonly before: Float64Array;
  readonly vertices: Int32Array;
  readonly starts: Float64Array;
}

const lineOf = (length: number): Line => ({
  before: new Float64Array(length),
  vertices: new Int32Array(length),
  starts: new Float64Array(length),
});

/** min over q of before[q] + (spacing (p - q))^2, for every p of a line, in place. */
function transformLine(
  values: Float64Array,
  start: number,
  stride: number,
  length: number,
  spacing: number,
  { before, vertices, starts }: Line,
): void {
  const scale = spacing ** 2;
  let parabolas = 0;
  for (let q = 0; q < length; q++) {
    const height = values[start + q * stride]!;
    before[q] = height;
    if (height === Number.POSITIVE_INFINITY) continue;
    let from = Number.NEGATIVE_INFINITY;
    while (parabolas > 0) {
      const v = vertices[parabolas - 1]!;
      from = ((height - before[v]!) / scale + q * q - v * v) / (2 * (q - v)); // where q's falls below v's
      if (from > starts[parabolas - 1]!) break;
      parabolas--;
      from = Number.NEGATIVE_INFINITY;
    }
    vertices[parabolas] = q;
    starts[parabolas++] = from;
  }
  if (parabolas === 0) return;
  for (let p = 0, at = 0; p < length; p++) {
    while (at + 1 < parabolas && starts[at + 1]! < p) at++;
    const v = vertices[at]!;
    values[start + p * stride] = before[v]! + scale * (p - v) ** 2;
  }
}
