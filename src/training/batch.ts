/** @file One batch as the model takes it. */

export interface BatchInput {
  /** Of one item: of an image [size, size, channels]; of a bag [tiles, features], and [tiles] of its mask. */
  readonly shape: readonly number[];
  /** [items, ...shape] */
  readonly values: Float32Array;
}

export interface Batch {
  readonly items: number;
  /** In the model's order. */
  readonly inputs: readonly BatchInput[];
  /** [items, ...truthShape of the task]: masks [size, size, classes], or a value per class; 0 or 1. */
  readonly truth: Float32Array;
  /** As the truth, where the loss takes a weight for every value. */
  readonly weights?: Float32Array;
  /** Of co-teaching: items that each network teaches the other. */
  readonly kept?: number;
}
