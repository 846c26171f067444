/** @file One batch as the model takes it. */
export interface Batch {
  readonly items: number;
  /** [items, size, size, channels], normalised. */
  readonly images: Float32Array;
  /** [items, ...truthShape of the task]: masks [size, size, classes], or a value per class; 0 or 1. */
  readonly truth: Float32Array;
  /** As the truth, where the loss takes a weight for every value. */
  readonly weights?: Float32Array;
}
