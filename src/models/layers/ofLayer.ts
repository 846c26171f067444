/** @file Words that every layer of ours needs, and that TensorFlow.js' types do not have. */
import type * as tf from "@tensorflow/tfjs";

/** A weight of a layer. */
export type LayerVariable = ReturnType<tf.layers.Layer["addWeight"]>;

/** What a layer of one input is called with: the tensor, or a list of it. */
export const onlyInput = <T extends tf.Tensor>(inputs: tf.Tensor | tf.Tensor[]): T =>
  (Array.isArray(inputs) ? inputs[0]! : inputs) as T;
