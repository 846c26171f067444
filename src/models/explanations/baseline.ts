/** @file What an image without information is: where integrated gradients start from, and what occlusion paints over. */

import type { Baseline } from "@tessera/domain/inspections/heatmaps";

/**
 * mean: the image's own mean colour everywhere, so that dark structures count as bright ones do. black: as in Sundararajan et al. 2017,
 * for images; what is black in the image can then get nothing (Sturmfels, Lundberg & Lee 2020, doi:10.23915/distill.00022).
 *
 * @param image [size*size*3], normalised to −1 … 1
 * @returns the same length, one colour
 */
export function baselineOf(image: Float32Array, baseline: Baseline): Float32Array {
  if (baseline === "black") return new Float32Array(image.length).fill(-1);
  const sums = [0, 0, 0];
  for (let i = 0; i < image.length; i++) sums[i % 3]! += image[i]!;
  const colour = sums.map((sum) => sum / (image.length / 3));
  return Float32Array.from(image, (_, i) => colour[i % 3]!);
}
