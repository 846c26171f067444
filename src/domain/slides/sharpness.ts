/**
 * @file How sharp a tile is: the variance of the Laplacian of its luminance (Pech-Pacheco et al. 2000, ICPR 3:314).
 *
 * In grey levels of 0 to 255, squared. It falls with blur, and with a tile that shows little; it says nothing across stains and scales.
 */

/** @param rgb [height*width*3] */
export function sharpness(rgb: Uint8Array, width: number, height: number): number {
  const grey = Float32Array.from({ length: width * height }, (_, at) => luminance(rgb, 3 * at));
  let [sum, squares, count] = [0, 0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const value = grey[at - 1]! + grey[at + 1]! + grey[at - width]! + grey[at + width]! - 4 * grey[at]!;
      sum += value;
      squares += value * value;
      count++;
    }
  }
  return count === 0 ? 0 : squares / count - (sum / count) ** 2;
}

/** Rec. 601. */
const luminance = (rgb: Uint8Array, at: number) => 0.299 * rgb[at]! + 0.587 * rgb[at + 1]! + 0.114 * rgb[at + 2]!;
