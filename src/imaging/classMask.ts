/** @file Masks of several classes: index maps to PNG, and back at the size of a model. */
import { type ClassCounts, checkClasses, countClasses } from "@tessera/domain/classMask";
import { DomainError } from "@tessera/domain/errors";
import { areaShare } from "./areaShare.ts";
import { encodeGrey, encodeMask } from "./encode.ts";
import { foregroundAbove, luminance, prepareMask } from "./mask.ts";

export interface ClassMask extends ClassCounts {
  readonly width: number;
  readonly height: number;
  /** 8-bit grey: 0 and 255 for one class, else 0 and class index + 1. */
  readonly png: Buffer;
}

/**
 * @param indices [height*width], 0..classes
 * @throws DomainError BAD_INPUT for a length that does not fit, or too many classes
 */
export async function encodeClassMask(
  indices: Uint8Array,
  width: number,
  height: number,
  classes: number,
): Promise<ClassMask> {
  checkClasses(classes);
  const png = await encodeIndices(indices, width, height, classes);
  return { width, height, png, ...countClasses(indices, width, height, classes) };
}

/** @param indices [height*width], 0..classes. @returns PNG as in ClassMask */
export const encodeIndices = (indices: Uint8Array, width: number, height: number, classes: number): Promise<Buffer> =>
  (classes === 1 ? encodeMask : encodeGrey)(indices, width, height);

export interface MaskIndices {
  readonly width: number;
  readonly height: number;
  /** [height*width] class index + 1, or 0: of one class 0 and 1. */
  readonly indices: Uint8Array;
}

/** A stored mask at its own size. @throws DomainError BAD_FILE, also for a value that is no class */
export async function maskIndices(bytes: Uint8Array, classes: number, name?: string): Promise<MaskIndices> {
  checkClasses(classes);
  const { width, height, pixels } = await luminance(bytes, name);
  if (classes > 1) presentClasses(pixels, classes);
  return { width, height, indices: classes === 1 ? pixels.map((value) => (value > foregroundAbove ? 1 : 0)) : pixels };
}

/**
 * A stored mask at the size of a model.
 *
 * One class: as prepareMask. Several: a target pixel is foreground where all classes together cover half of its area or more,
 * and then of the class that covers most of it, the first of equals. A class never vanishes silently: one that the file has but
 * no target pixel is of, gets the pixel of which it covers most (the first in reading order among equals), unless that pixel
 * is another class's only one; then the next best. Classes are looked after in their order.
 * @returns [size*size], 0..classes, row by row
 * @throws DomainError BAD_FILE
 */
export async function prepareClassMask(
  bytes: Uint8Array,
  size: number,
  classes: number,
  name?: string,
): Promise<Uint8Array> {
  checkClasses(classes);
  if (classes === 1) return prepareMask(bytes, size, name);
  const { width, height, pixels } = await luminance(bytes, name);
  const present = presentClasses(pixels, classes);
  const shareOf = (classIndex: number) => {
    const chosen = new Uint8Array(256);
    chosen[classIndex + 1] = 1;
    return areaShare(pixels, chosen, { width, height, size });
  };

  const result = new Uint8Array(size * size);
  const covered = new Float64Array(size * size); // by all classes
  const most = new Float32Array(size * size); //    by the class in `result`
  for (const classIndex of present) {
    const share = shareOf(classIndex);
    for (let i = 0; i < share.length; i++) {
      covered[i]! += share[i]!;
      if (share[i]! <= most[i]! + 1e-6) continue;
      most[i] = share[i]!;
      result[i] = classIndex + 1;
    }
  }
  const count = new Array<number>(classes + 1).fill(0);
  for (let i = 0; i < result.length; i++) {
    if (covered[i]! < 0.5 - 1e-6) result[i] = 0;
    count[result[i]!]!++;
  }
  for (const classIndex of present) {
    if (count[classIndex + 1]! > 0) continue;
    const at = bestPlace(shareOf(classIndex), result, count);
    if (at === null) continue;
    count[result[at]!]!--;
    count[classIndex + 1] = 1;
    result[at] = classIndex + 1;
  }
  return result;
}

/** The class indices of which there are pixels, in order. @throws DomainError BAD_FILE */
function presentClasses(pixels: Uint8Array, classes: number): number[] {
  const found = new Uint8Array(256);
  for (const value of pixels) found[value] = 1;
  const highest = found.lastIndexOf(1);
  if (highest > classes) {
    throw new DomainError("BAD_FILE", `The mask has the value ${highest}, but there are ${classes} classes`, {
      highest,
    });
  }
  return Array.from({ length: classes }, (_, classIndex) => classIndex).filter((each) => found[each + 1] === 1);
}

function bestPlace(share: Float32Array, taken: Uint8Array, count: readonly number[]): number | null {
  let best: number | null = null;
  for (let i = 0; i < share.length; i++) {
    const free = taken[i] === 0 || count[taken[i]!]! > 1;
    if (free && share[i]! > (best === null ? 0 : share[best]!)) best = i;
  }
  return best;
}
