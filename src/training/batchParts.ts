/** @file A batch cut into micro-batches, without copying it. */
import type { Batch } from "./batch.ts";

/** Parts of `most` items, in order; the last may be smaller. */
export function batchParts({ items, images, masks, weights }: Batch, most: number): Batch[] {
  const [perImage, perMask] = [images.length / items, masks.length / items];
  return partSizes(items, most).map((size, part) => {
    const start = part * most;
    const ofMasks = (values: Float32Array) => values.subarray(start * perMask, (start + size) * perMask);
    return {
      items: size,
      images: images.subarray(start * perImage, (start + size) * perImage),
      masks: ofMasks(masks),
      ...(weights && { weights: ofMasks(weights) }),
    };
  });
}

const partSizes = (items: number, most: number): number[] =>
  Array.from({ length: Math.ceil(items / most) }, (_, part) => Math.min(most, items - part * most));
