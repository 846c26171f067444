/** @file A batch of padded bags cut along its tiles. */
import type { BatchInput } from "../batch.ts";

/** @param inputs tiles [length, features] and mask [length] of each item; the length divides by `tiles` where it is more */
export function cutBags(inputs: readonly BatchInput[], items: number, tiles: number): BatchInput[][] {
  const length = inputs[0]!.shape[0]!;
  if (length <= tiles) return [[...inputs]];
  return Array.from({ length: length / tiles }, (_, part) =>
    inputs.map(({ shape: [, ...rest], values }) => {
      const row = values.length / items / length;
      const cut = new Float32Array(items * tiles * row);
      for (let item = 0; item < items; item++) {
        const from = (item * length + part * tiles) * row;
        cut.set(values.subarray(from, from + tiles * row), item * tiles * row);
      }
      return { shape: [tiles, ...rest], values: cut };
    }),
  );
}
