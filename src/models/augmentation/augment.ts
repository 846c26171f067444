/** @file One training item, varied. Image and mask move together. */
import type { Augmentation } from "@tessera/domain/configuration/segmentation";
import { DomainError } from "@tessera/domain/errors";
import { adjustBrightness } from "./brightness.ts";
import { transformed } from "./geometry.ts";
import { normalizeImage, normalizeMask } from "./normalize.ts";
import { keyedRandom, type RandomKey } from "./random.ts";

export interface TrainingItem {
  /** [size, size, 3], normalised units. */
  readonly image: Float32Array;
  /** [size, size], 0 or 1. */
  readonly mask: Float32Array;
}

/**
 * @param image [size, size, 3]: bytes, or floats in normalised units. Not changed.
 * @param mask  [size, size]: 0 is background.
 * @param key   decides everything; every kind of change draws its numbers whether it is on or off, so that switching one on
 *              leaves the others as they were.
 * @throws DomainError BAD_INPUT when the lengths are not those of `size`.
 */
export function augment(
  image: Float32Array | Uint8Array,
  mask: Uint8Array,
  size: number,
  augmentation: Augmentation,
  key: RandomKey,
): TrainingItem {
  if (image.length !== size * size * 3 || mask.length !== size * size) {
    throw new DomainError(
      "BAD_INPUT",
      `augment: size ${size} takes ${size * size * 3} image values and ${size * size} mask values, ` +
        `got ${image.length} and ${mask.length}`,
      { size, image: image.length, mask: mask.length },
    );
  }
  const random = keyedRandom(key);
  const flipDrawn = random() < 0.5;
  const turnsDrawn = Math.floor(random() * 4);
  const factor = () => 1 + augmentation.brightness * (2 * random() - 1);
  const brightness = factor();
  const contrast = factor();

  const symmetry = { flip: augmentation.flip && flipDrawn, turns: augmentation.rotate90 ? turnsDrawn : 0 };
  const moved = transformed(normalizeImage(image), size, 3, symmetry);
  if (augmentation.brightness > 0) adjustBrightness(moved, brightness, contrast);
  return { image: moved, mask: transformed(normalizeMask(mask), size, 1, symmetry) };
}
