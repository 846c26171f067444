/** @file `Layer.apply` is typed for every case; in a model it is symbolic tensors in, one out. */
import type * as tf from "@tensorflow/tfjs";

export function apply(layer: tf.layers.Layer, x: tf.SymbolicTensor | tf.SymbolicTensor[]): tf.SymbolicTensor {
  return layer.apply(x) as tf.SymbolicTensor;
}

export const channels = (x: tf.SymbolicTensor): number => x.shape.at(-1)!;
