import * as tf from "@tensorflow/tfjs";
import { checkRegions, defaultEpsilon, meanOverRegions, type RegionOptions } from "./regions.ts";

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
export function softDiceLoss(probabilities: tf.Tensor, truth: tf.Tensor, options: RegionOptions = {}): tf.Scalar {
  const { epsilon = defaultEpsilon, countAbsent = false } = options;
  checkRegions("softDiceLoss", probabilities, truth, epsilon);
  return tf.tidy(() => {
    const overlap = probabilities.mul(truth).sum([1, 2]); //                              [b, classes]
    const inTruth = truth.sum([1, 2]); //                                                 [b, classes]
    const total = probabilities.sum([1, 2]).add(inTruth); //                              [b, classes]
    const loss = tf.sub(1, overlap.mul(2).add(epsilon).div(total.add(epsilon))); //       [b, classes]
    return meanOverRegions(loss, inTruth, countAbsent);
  });
}
