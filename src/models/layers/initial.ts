/** @file How layers start: every one from a seed of its own, since tf.js has no global seed. */
import * as tf from "@tensorflow/tfjs";

type Initializer = ReturnType<typeof tf.initializers.randomNormal>;

/**
 * He et al. 2015, arXiv:1502.01852, equation 10. Not tf.initializers.heNormal: that one cuts the tails off without widening the
 * rest, which leaves 0.77 of the variance, and takes a transposed kernel's fan out for its fan in.
 */
export const heNormal = (fanIn: number, seed: number): Initializer =>
  tf.initializers.randomNormal({ mean: 0, stddev: Math.sqrt(2 / fanIn), seed });

/** Variance 1 / fan in: keeps the variance of a layer without ReLU (LeCun et al. 1998, Efficient BackProp, section 4.6). */
export const leCunNormal = (fanIn: number, seed: number): Initializer =>
  tf.initializers.randomNormal({ mean: 0, stddev: Math.sqrt(1 / fanIn), seed });

/** Far apart for neighbouring run seeds, so that run 1's second layer is not run 2's first. */
export const layerSeed = (seed: number, layer: number): number => (Math.imul(seed, 0x9e3779b1) + layer) >>> 0;
