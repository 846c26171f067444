/** @file Clipping of gradients by their global norm. */
import * as tf from "@tensorflow/tfjs";
import { nodeBackend } from "../backend.ts";
import { ATTR, FLOAT } from "../dataTypes.ts";

/** As in PyTorch, where it keeps 0 gradients from being divided by 0. */
const epsilon = 1e-6;

/** Euclidean norm of all gradients as one vector; one pass over memory for each. */
export function globalNorm(gradients: readonly tf.Tensor[]): tf.Scalar {
  const attributes = [{ name: "T", type: ATTR.type, value: FLOAT }];
  return tf.tidy(() => {
    const halves = gradients.map((gradient) => nodeBackend().executeSingleOutput("L2Loss", attributes, [gradient]));
    return tf.addN(halves).mul(2).sqrt() as tf.Scalar; // L2Loss: half the sum of squares
  });
}

/**
 * All gradients times min(1, maxNorm / (norm + 1e-6)), so that their norm is at most `maxNorm` and their direction stays.
 *
 * Source: Pascanu, Mikolov & Bengio 2013, arXiv:1211.5063, algorithm 1, with PyTorch's 1e-6. A gradient that is not finite
 * makes all of them not finite: the next loss shows it.
 */
export function clipByGlobalNorm(gradients: readonly tf.Tensor[], maxNorm: number): tf.Tensor[] {
  return tf.tidy(() => {
    const share = tf.minimum(1, tf.div(maxNorm, globalNorm(gradients).add(epsilon)));
    return gradients.map((gradient) => gradient.mul(share));
  });
}
