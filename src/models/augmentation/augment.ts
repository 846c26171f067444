/** @file One training item, varied. Image and mask move together. */
import type { Augmentation } from "@tessera/domain/configuration/training";
import { DomainError } from "@tessera/domain/errors";
import { adjustBrightness } from "./brightness.ts";
import { type Symmetry, transform } from "./geometry.ts";
import { normalizedValues, splitClasses } from "./normalize.ts";
import { keyedRandom, type RandomKey } from "./random.ts";

export interface VariedItem {
  /** [size, size, channels], normalised units. */
  readonly image: Float32Array;
  /** [size, size, classes], 0 or 1. */
  readonly mask: Float32Array;
}

/**
 * One pass over the pixels, on the thread that trains: about 2 ms at 512 x 512. What brightness and contrast do to a byte is
 * worked out once for each of the 256 bytes.
 *
 * @param image [size, size, channels], 3 or 1. Not changed.
 * @param mask  [size, size]: 0 is background, else class index + 1.
 * @param key   decides everything; every kind of change draws its numbers whether it is on or off, so that switching one on
 *              leaves the others as they were.
 * @param into  where the result goes, as views of a batch, all 0 before; absent: new arrays, for one class.
 * @throws DomainError BAD_INPUT when the lengths are not those of `size`.
 */
export function augment(
  image: Uint8Array,
  mask: Uint8Array,
  size: number,
  augmentation: Augmentation,
  key: RandomKey,
  into: VariedItem = { image: new Float32Array(image.length), mask: new Float32Array(size * size) },
): VariedItem {
  if (!isSquare(image, size) || mask.length !== size * size) {
    throw new DomainError(
      "BAD_INPUT",
      `augment: size ${size} takes ${size * size * 3} image values (grey: ${size * size}) and ${size * size} mask values, ` +
        `got ${image.length} and ${mask.length}`,
      { size, image: image.length, mask: mask.length },
    );
  }
  const symmetry = varyImage(image, size, augmentation, key, into.image);
  const moveMask = (looked: Float32Array, to: Float32Array) => transform(mask, size, 1, symmetry, looked, to);
  splitClasses(size * size, moveMask, into.mask);
  return into;
}

/**
 * As `augment`, of an image alone: with the same key it is varied as it would be beside a mask.
 * @param into [size, size, channels], normalised units: the result
 */
export function augmentImage(
  image: Uint8Array,
  size: number,
  augmentation: Augmentation,
  key: RandomKey,
  into: Float32Array,
): void {
  if (!isSquare(image, size)) {
    const message = `augmentImage: size ${size} takes ${size * size * 3} image values (grey: ${size * size}), got ${image.length}`;
    throw new DomainError("BAD_INPUT", message, { size, image: image.length });
  }
  varyImage(image, size, augmentation, key, into);
}

const isSquare = (image: Uint8Array, size: number): boolean => [1, 3].includes(image.length / size ** 2);

/** @returns where the pixels went */
function varyImage(
  image: Uint8Array,
  size: number,
  augmentation: Augmentation,
  key: RandomKey,
  into: Float32Array,
): Symmetry {
  const random = keyedRandom(key);
  const flipDrawn = random() < 0.5;
  const turnsDrawn = Math.floor(random() * 4);
  const factor = () => 1 + augmentation.brightness * (2 * random() - 1);
  const brightness = factor();
  const contrast = factor();

  const symmetry = { flip: augmentation.flip && flipDrawn, turns: augmentation.rotate90 ? turnsDrawn : 0 };
  const values =
    augmentation.brightness > 0 ? adjustBrightness(normalizedValues, image, brightness, contrast) : normalizedValues;
  transform(image, size, image.length === size * size ? 1 : 3, symmetry, values, into);
  return symmetry;
}
