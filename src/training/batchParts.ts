/** @file A batch cut into micro-batches, without copying it. */
import type { Batch } from "./batch.ts";

/** Parts of `most` items, in order; the last may be smaller. */
export function batchParts({ items, images, truth, weights }: Batch, most: number): Batch[] {
  const [perImage, perTruth] = [images.length / items, truth.length / items];
  return partSizes(items, most).map((size, part) => {
    const start = part * most;
    const ofTruth = (values: Float32Array) => values.subarray(start * perTruth, (start + size) * perTruth);
    return {
      items: size,
      images: images.subarray(start * perImage, (start + size) * perImage),
      truth: ofTruth(truth),
      ...(weights && { weights: ofTruth(weights) }),
    };
  });
}

const partSizes = (items: number, most: number): number[] =>
  Array.from({ length: Math.ceil(items / most) }, (_, part) => Math.min(most, items - part * most));
