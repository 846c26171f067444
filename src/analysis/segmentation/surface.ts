/**
 * @file The outline of a mask: its pixels that have a side in common with the background. What lies beyond the image's border
 * counts as background, so a mask that is cut by the border has its outline there (as in MONAI's `get_mask_edges`).
 */
import { checkMask } from "./mask.ts";

/** @returns [height*width], 1 on the outline. @throws DomainError BAD_INPUT when the length is not width*height */
export function outlineOf(mask: Uint8Array, width: number, height: number): Uint8Array {
  checkMask("outlineOf", mask, width, height);
  const outline = new Uint8Array(mask.length);
  for (let y = 0, i = 0; y < height; y++) {
    const inRows = y > 0 && y < height - 1;
    for (let x = 0; x < width; x++, i++) {
      if (mask[i] === 0) continue;
      const within = inRows && x > 0 && x < width - 1;
      const surrounded =
        within && mask[i - 1] !== 0 && mask[i + 1] !== 0 && mask[i - width] !== 0 && mask[i + width] !== 0;
      if (!surrounded) outline[i] = 1;
    }
  }
  return outline;
}
