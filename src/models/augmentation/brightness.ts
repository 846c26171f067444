/** @file Brightness and contrast, in normalised units (−1 is black, 1 is white). */

/**
 * Contrast scales the distance from the image's own mean, brightness scales the result's distance from black; the result is
 * kept within −1 … 1.
 * @param values what each byte means, normalised
 * @returns what each byte of this image becomes
 */
export function adjustBrightness(
  values: Float32Array,
  image: Uint8Array,
  brightness: number,
  contrast: number,
): Float32Array {
  let sum = 0;
  for (let i = 0; i < image.length; i++) sum += image[i]!;
  const mean = sum / image.length / 127.5 - 1;
  return values.map((value) => {
    const contrasted = mean + (value - mean) * contrast;
    return Math.min(1, Math.max(-1, (contrasted + 1) * brightness - 1));
  });
}
