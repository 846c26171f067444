/**
 * @file Exact Euclidean distance to the nearest pixel of a mask (Felzenszwalb & Huttenlocher 2012, "Distance transforms of
 * sampled functions", Theory of Computing 8:415): the lower envelope of parabolas, along the rows of what a sweep along the
 * columns has found.
 *
 * Differences from the paper: the first pass is a sweep down and up, which for a mask gives the same as an envelope; columns
 * without a pixel are left out of the envelope; pixels may be oblong.
 */

/** What one pixel measures along each axis, in one unit. */
export interface Spacing {
  readonly x: number;
  readonly y: number;
}

/**
 * @param mask    [height*width], row by row; anything but 0 is foreground.
 * @param spacing of one pixel, in the unit whose square is returned.
 * @returns [height*width] squared distance between the pixel's centre and the nearest foreground pixel's; 0 on the foreground,
 * Infinity everywhere where there is none. Whole numbers for square pixels.
 * @throws RangeError when the length is not width*height.
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
  const squared = alongColumns(mask, width, height, spacing.y);
  const row = new Float64Array(width);
  const apexes = new Int32Array(width); // columns of the envelope's parabolas
  const from = new Float64Array(width + 1); // where each begins to be the lowest
  const unit = spacing.x * spacing.x;
  for (let y = 0; y < height; y++) {
    const rowStart = y * width;
    row.set(squared.subarray(rowStart, rowStart + width));
    let last = -1;
    for (let x = 0; x < width; x++) {
      const here = row[x]!;
      if (here === Number.POSITIVE_INFINITY) continue;
      let begin = Number.NEGATIVE_INFINITY;
      while (last >= 0) {
        const apex = apexes[last]!;
        begin = (here - row[apex]! + unit * (x * x - apex * apex)) / (2 * unit * (x - apex));
        if (begin > from[last]!) break;
        last--; // never the first, which begins at -Infinity
      }
      last++;
      apexes[last] = x;
      from[last] = begin;
    }
    if (last < 0) continue; // no foreground at all
    from[last + 1] = Number.POSITIVE_INFINITY;
    for (let x = 0, lowest = 0; x < width; x++) {
      while (from[lowest + 1]! < x) lowest++;
      const apex = apexes[lowest]!;
      squared[rowStart + x] = row[apex]! + unit * (x - apex) * (x - apex);
    }
  }
  return squared;
}

/** Squared distance to the nearest foreground pixel of the same column. */
function alongColumns(mask: Uint8Array, width: number, height: number, unit: number): Float64Array {
  const steps = new Float64Array(mask.length); // pixels to the nearest above; then, of both directions
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] !== 0) steps[i] = 0;
    else steps[i] = i < width ? Number.POSITIVE_INFINITY : steps[i - width]! + 1;
  }
  for (let i = mask.length - 1 - width; i >= 0; i--) {
    const below = steps[i + width]! + 1;
    if (below < steps[i]!) steps[i] = below;
  }
  for (let i = 0; i < width * height; i++) steps[i] = (steps[i]! * unit) ** 2;
  return steps;
}
