/** @file What the losses of overlapping regions (the Dice family) share: their input, their epsilon, and their mean. */
import * as tf from "@tensorflow/tfjs";
import { DomainError } from "@tessera/domain/errors";

export interface RegionOptions {
  /** In pixels; keeps the ratio defined when both sums are 0. Far below 1: at 1, missing a one-pixel region would cost 0.5. */
  readonly epsilon?: number;
  /** Whether an item and class without truth enters the mean. Default false: its Dice is undefined. */
  readonly countAbsent?: boolean;
}

export const defaultEpsilon = 1e-5;

/** @throws DomainError BAD_INPUT when the shapes differ, are not rank 4, or `epsilon` <= 0 */
export function checkRegions(loss: string, probabilities: tf.Tensor, truth: tf.Tensor, epsilon: number): void {
  if (probabilities.rank !== 4 || !tf.util.arraysEqual(probabilities.shape, truth.shape)) {
    const shapes = `[${probabilities.shape}] and [${truth.shape}]`;
    throw new DomainError("BAD_INPUT", `${loss}: expected two equal rank-4 shapes, got ${shapes}`);
  }
  if (!(epsilon > 0)) throw new DomainError("BAD_INPUT", `${loss}: epsilon must be > 0, got ${epsilon}`);
}

/**
 * The mean over all items and classes, or over those with truth; 0 where there is none.
 * @param loss    [b, classes]
 * @param inTruth [b, classes], pixels of the truth
 */
export function meanOverRegions(loss: tf.Tensor, inTruth: tf.Tensor, countAbsent: boolean): tf.Scalar {
  if (countAbsent) return loss.mean() as tf.Scalar;
  const present = inTruth.greater(0).toFloat(); //                                        [b, classes]
  return loss.mul(present).sum().div(present.sum().maximum(1)) as tf.Scalar;
}
