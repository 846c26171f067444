/** @file Brightness and contrast, in normalised units (−1 is black, 1 is white). */

/**
 * Contrast scales the distance from the image's own mean, brightness scales the result's distance from black; the result is
 * kept within −1 … 1. Changes `pixels` in place.
 */
export function adjustBrightness(pixels: Float32Array, brightness: number, contrast: number): void {
  let sum = 0;
  for (const value of pixels) sum += value;
  const mean = sum / pixels.length;
  for (let i = 0; i < pixels.length; i++) {
    const contrasted = mean + (pixels[i]! - mean) * contrast;
    pixels[i] = Math.min(1, Math.max(-1, (contrasted + 1) * brightness - 1));
  }
}
