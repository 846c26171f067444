/** @file One batch as the model takes it. */
export interface Batch {
  readonly items: number;
  /** [items, size, size, 3], normalised. */
  readonly images: Float32Array;
  /** [items, size, size, classes], 0 or 1. */
  readonly masks: Float32Array;
  /** [items, size, size, classes], where the loss takes a weight for every pixel. */
  readonly weights?: Float32Array;
}
