/**
 * @file How a mask of several classes is kept: an index map, 0 for background and class index + 1 for each class (decision 0023).
 *
 * As PNG a schema of one class is 0 and 255, as it always was; of several classes the pixel value is the index map's.
 */
import { countComponents } from "./components.ts";
import { DomainError } from "./errors.ts";

/** An index is one byte, and 255 stays free: many data sets mean "ignore" by it. */
export const mostClasses = 254;

/** @throws DomainError BAD_INPUT for a number of classes that no mask can hold */
export function checkClasses(classes: number): void {
  if (Number.isInteger(classes) && classes >= 1 && classes <= mostClasses) return;
  throw new DomainError("BAD_INPUT", `Expected 1 to ${mostClasses} classes, got ${classes}; leave some out`, {
    classes,
  });
}

/** @param indices [height*width], 0..classes. @returns [height*width], 1 where the pixel is of the class, else 0 */
export const ofClass = (indices: Uint8Array, classIndex: number): Uint8Array =>
  indices.map((index) => (index === classIndex + 1 ? 1 : 0));

/** The index map of masks that share no pixel; of one mask, itself. @param masks per class [pixels], 0 or 1 */
export function joinClasses(masks: readonly Uint8Array[]): Uint8Array {
  if (masks.length === 1) return masks[0]!;
  const indices = new Uint8Array(masks[0]!.length);
  for (const [classIndex, mask] of masks.entries()) {
    for (let at = 0; at < mask.length; at++) if (mask[at] === 1) indices[at] = classIndex + 1;
  }
  return indices;
}

export interface ClassCounts {
  /** Per class: its pixels. */
  readonly regionPixels: readonly number[];
  /** Per class: its 8-connected pieces. */
  readonly components: readonly number[];
}

/** @param indices [height*width], 0..classes, row by row. @throws RangeError for an index above `classes` */
export function countClasses(indices: Uint8Array, width: number, height: number, classes: number): ClassCounts {
  const pixels = new Array<number>(classes + 1).fill(0);
  for (const index of indices) {
    if (index > classes) throw new RangeError(`countClasses: expected indices up to ${classes}, got ${index}`);
    pixels[index]!++;
  }
  const regionPixels = pixels.slice(1);
  const components = regionPixels.map((count, classIndex) =>
    count === 0 ? 0 : countComponents(ofClass(indices, classIndex), width, height),
  );
  return { regionPixels, components };
}
