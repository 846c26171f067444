/**
 * @file How far apart two outlines are: Hausdorff distance, its 95th percentile, average distance, and the share within a
 * tolerance (Nikolov et al. 2018, "surface DSC", over outline pixels).
 *
 * As MONAI computes them without subvoxels. MONAI gives NaN or infinity where one mask is empty; here it is null, and what
 * such an item scores is the metric's stated convention (metrics.ts).
 */
import { nsdTolerances, type SurfaceDistances } from "@tessera/domain/measures";
import { quantile } from "../summary.ts";
import { type Spacing, squaredDistances, squarePixels } from "./distanceTransform.ts";
import { checkMask } from "./mask.ts";
import { outlineOf } from "./surface.ts";

/** A distance that is the tolerance but for the last digits of a spacing is within it. */
const rounding = 1e-9;

/** Distances from each outline pixel of one mask to the other mask's outline, ascending; empty where a mask is. */
export interface DirectedDistances {
  readonly there: Float64Array;
  readonly back: Float64Array;
}

/**
 * @param spacing size of a pixel; the distances have its unit
 * @throws DomainError BAD_INPUT when a length is not width*height
 */
export function surfaceDistances(
  truth: Uint8Array,
  prediction: Uint8Array,
  width: number,
  height: number,
  spacing: Spacing = squarePixels,
): SurfaceDistances {
  return summarizeDistances(directedDistances(truth, prediction, width, height, spacing));
}

/** @throws DomainError BAD_INPUT when a length is not width*height */
export function directedDistances(
  truth: Uint8Array,
  prediction: Uint8Array,
  width: number,
  height: number,
  spacing: Spacing = squarePixels,
): DirectedDistances {
  checkMask("truth", truth, width, height);
  checkMask("prediction", prediction, width, height);
  const box = boxAround(truth, prediction, width, height); // holds both outlines: no distance changes
  if (box === null) return { there: new Float64Array(0), back: new Float64Array(0) };
  const outlines = [truth, prediction].map((mask) => outlineOf(cut(mask, width, box), box.width, box.height));
  const [ofTruth, ofPrediction] = outlines as [Uint8Array, Uint8Array];
  const toward = (target: Uint8Array) => squaredDistances(target, box.width, box.height, spacing);
  return {
    there: distancesOn(ofTruth, toward(ofPrediction)),
    back: distancesOn(ofPrediction, toward(ofTruth)),
  };
}

/** Roots of `squared` on the outline's pixels, ascending; none where the other outline is empty. */
function distancesOn(outline: Uint8Array, squared: Float64Array): Float64Array {
  const found = new Float64Array(outline.length);
  let count = 0;
  for (let i = 0; i < outline.length; i++) if (outline[i] === 1) found[count++] = squared[i]!;
  if (found[0] === Number.POSITIVE_INFINITY) return new Float64Array(0);
  const sorted = found.subarray(0, count).sort();
  for (let i = 0; i < count; i++) sorted[i] = Math.sqrt(sorted[i]!);
  return sorted;
}

/** @param scale the unit's length in that of `tolerances`, for the pixels of one size that were measured in pixels */
export function summarizeDistances(
  { there, back }: DirectedDistances,
  { tolerances = nsdTolerances as readonly number[], scale = 1 } = {},
): SurfaceDistances {
  if (there.length === 0 || back.length === 0) {
    return { hd: null, hd95: null, assd: null, nsd: tolerances.map(() => null) };
  }
  const all = there.length + back.length;
  const within = (sorted: Float64Array, tolerance: number) => {
    const farthest = (tolerance * (1 + rounding)) / scale;
    let count = 0;
    while (count < sorted.length && sorted[count]! <= farthest) count++;
    return count;
  };
  return {
    hd: scale * Math.max(there[there.length - 1]!, back[back.length - 1]!),
    hd95: scale * Math.max(quantile(there, 0.95), quantile(back, 0.95)),
    assd: (scale * (sum(there) + sum(back))) / all,
    nsd: tolerances.map((tolerance) => (within(there, tolerance) + within(back, tolerance)) / all),
  };
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest that holds both masks; null where both are empty. */
function boxAround(one: Uint8Array, other: Uint8Array, width: number, height: number): Box | null {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (one[i] === 0 && other[i] === 0) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

function cut(mask: Uint8Array, width: number, box: Box): Uint8Array {
  const part = new Uint8Array(box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    const from = (box.top + y) * width + box.left;
    part.set(mask.subarray(from, from + box.width), y * box.width);
  }
  return part;
}
