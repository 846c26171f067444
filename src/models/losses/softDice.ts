import * as tf from "@tensorflow/tfjs";
import { DomainError } from "@tessera/domain/errors";

export interface SoftDiceOptions {
  /** In pixels; keeps the ratio defined when both sums are 0. Far below 1: at 1, missing a one-pixel region would cost 0.5. */
  readonly epsilon?: number;
  /** Whether an item and class without truth enters the mean. Default false: its Dice is undefined. */
  readonly countAbsent?: boolean;
}

/**
 * Soft Dice loss: the mean, over the items and classes that have truth, of
 *
 *   1 - (2 * sum(p * g) + epsilon) / (sum(p) + sum(g) + epsilon)
 *
 * with the sums taken over height and width. 0 where no item of the batch has truth.
 *
 * @param probabilities [batch, height, width, classes], each in [0, 1]; not logits.
 * @param truth         same shape, 0 or 1.
 * @returns scalar, no unit: 0 is perfect overlap, 1 is none.
 * @throws DomainError BAD_INPUT when the shapes differ, are not rank 4, or `epsilon` <= 0.
 *
 * Source: Milletari, Navab & Ahmadi 2016, arXiv:1606.04797, section 3, which squares the two terms of the denominator.
 * This one does not.
 */
export function softDiceLoss(probabilities: tf.Tensor, truth: tf.Tensor, options: SoftDiceOptions = {}): tf.Scalar {
  const { epsilon = 1e-5, countAbsent = false } = options;
  if (probabilities.rank !== 4 || !tf.util.arraysEqual(probabilities.shape, truth.shape)) {
    const shapes = `[${probabilities.shape}] and [${truth.shape}]`;
    throw new DomainError("BAD_INPUT", `softDiceLoss: expected two equal rank-4 shapes, got ${shapes}`);
  }
  if (!(epsilon > 0)) throw new DomainError("BAD_INPUT", `softDiceLoss: epsilon must be > 0, got ${epsilon}`);

  return tf.tidy(() => {
    const overlap = probabilities.mul(truth).sum([1, 2]); //                              [b, classes]
    const inTruth = truth.sum([1, 2]); //                                                 [b, classes]
    const total = probabilities.sum([1, 2]).add(inTruth); //                              [b, classes]
    const loss = tf.sub(1, overlap.mul(2).add(epsilon).div(total.add(epsilon))); //       [b, classes]
    if (countAbsent) return loss.mean() as tf.Scalar;
    const present = inTruth.greater(0).toFloat(); //                                      [b, classes]
    return loss.mul(present).sum().div(present.sum().maximum(1)) as tf.Scalar;
  });
}
