import type * as tf from "@tensorflow/tfjs";

/** A batch, or a part of one, as the steps take it. */
export interface BatchTensors {
  /** [b, ...shape] each, in the model's order */
  readonly inputs: readonly tf.Tensor[];
  /** [b, ...truthShape of the task] */
  readonly truth: tf.Tensor;
  /** As the truth, where the loss takes a weight for every value. */
  readonly weights?: tf.Tensor;
  /** Scalar, of co-teaching: items that each network teaches the other. */
  readonly kept?: tf.Tensor;
}
