/** @file Which weights are decayed. */
import type * as tf from "@tensorflow/tfjs";

export interface WeightDecayOptions {
  /** 0 is off for good: the step is recorded without it. */
  readonly weightDecay: number;
  /** Default: `isKernel`. */
  readonly decayed?: (variable: tf.Variable) => boolean;
}

/**
 * Weight matrices and convolutions, which have two axes or more; biases and the scales and shifts of a normalisation have one.
 * Decay of those pulls activations to 0 instead of making the function smoother, so most recipes leave them out
 * (He et al. 2019, arXiv:1812.01187, section 3.1). PyTorch's optimisers decay all that they are given: `() => true`.
 */
export const isKernel = (variable: tf.Variable): boolean => variable.rank >= 2;

export const decayedBy = ({
  weightDecay,
  decayed = isKernel,
}: WeightDecayOptions): ((variable: tf.Variable) => boolean) => (weightDecay > 0 ? decayed : () => false);
