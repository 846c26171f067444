/** @file One of several, as 0 and 1. */
import * as tf from "@tensorflow/tfjs";

/** Of TensorFlow.js, but with a depth of 1 too, which it refuses: a bag may have one tile. @returns [...shape, depth], floats */
export const oneHot = (indices: tf.Tensor, depth: number): tf.Tensor =>
  depth === 1 ? indices.equal(0).toFloat().expandDims(-1) : tf.oneHot(indices as tf.Tensor1D, depth).toFloat();
