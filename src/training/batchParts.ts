/** @file A batch cut into micro-batches, without copying it. */
import type { Batch } from "./batch.ts";

/** Parts of `most` items, in order; the last may be smaller. */
export function batchParts({ items, inputs, truth, weights, kept }: Batch, most: number): Batch[] {
  const perTruth = truth.length / items;
  return partSizes(items, most).map((size, part) => {
    const start = part * most;
    const ofTruth = (values: Float32Array) => values.subarray(start * perTruth, (start + size) * perTruth);
    return {
      items: size,
      inputs: inputs.map(({ shape, values }) => {
        const perItem = values.length / items;
        return { shape, values: values.subarray(start * perItem, (start + size) * perItem) };
      }),
      truth: ofTruth(truth),
      ...(weights && { weights: ofTruth(weights) }),
      ...(kept !== undefined && { kept }),
    };
  });
}

const partSizes = (items: number, most: number): number[] =>
  Array.from({ length: Math.ceil(items / most) }, (_, part) => Math.min(most, items - part * most));
