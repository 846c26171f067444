/**
 * @file Exact Euclidean distance to the nearest pixel of a mask (Felzenszwalb & Huttenlocher 2012, "Distance transforms of
 * sampled functions"): the lower envelope of parabolas, along the rows of what a sweep along the columns has found.
 *
 * Differences from the paper: the first pass is a sweep down and up, which for a mask gives the same as an envelope; pixels
 * may be oblong.
 */
import { DomainError } from "@tessera/domain/errors";
import { checkMask } from "./mask.ts";

/** Size of a pixel, or any unit per pixel: x across, y down. */
export interface Spacing {
  readonly x: number;
  readonly y: number;
}

export const squarePixels: Spacing = { x: 1, y: 1 };

/**
 * @returns [height*width] squared distance between the pixel's centre and the nearest foreground pixel's, in the spacing's
 * unit squared; 0 on the foreground, Infinity everywhere where there is none. Whole numbers for square pixels.
 * @throws DomainError BAD_INPUT when the length is not width*height, or a spacing is not above 0
 */
export function squaredDistances(
  mask: Uint8Array,
  width: number,
  height: number,
  spacing: Spacing = squarePixels,
): Float64Array {
  checkMask("squaredDistances", mask, width, height);
  if (!(spacing.x > 0 && spacing.y > 0 && Number.isFinite(spacing.x + spacing.y))) {
    throw new DomainError("BAD_INPUT", `spacing: expected lengths above 0, got ${spacing.x} x ${spacing.y}`, {
      spacing,
    });
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
