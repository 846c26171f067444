/** @file A mask grown or shrunk by a distance: every pixel whose centre lies within it of the other side's nearest pixel. */
import { squaredDistances } from "../distanceTransform.ts";

/**
 * @param mask [height*width], row by row; anything but 0 is foreground
 * @param pixels above 0 grows, below 0 shrinks; Euclidean. What lies beyond the image is no background: a region at its edge stays there.
 * @returns [height*width], 0 or 1; all 0 where a shrunk region has vanished
 */
export function moveBoundary(mask: Uint8Array, width: number, height: number, pixels: number): Uint8Array {
  const grows = pixels > 0;
  const spreading = Uint8Array.from(mask, (value) => ((value !== 0) === grows ? 1 : 0));
  const squared = squaredDistances(spreading, width, height);
  const reach = pixels * pixels + 1e-9;
  return Uint8Array.from(squared, (distance) => (distance <= reach === grows ? 1 : 0));
}
