import * as tf from "@tensorflow/tfjs";
import { checkRegions, defaultEpsilon } from "./regions.ts";

export interface GeneralizedDiceOptions {
  /** Beside the weighted pixels, of which one pixel of the smallest class is one. */
  readonly epsilon?: number;
  /** Whether what belongs to no class is a class too, with probability 1 - max(p). Default true. */
  readonly background?: boolean;
}

/**
 * Generalised Dice loss: the mean, over the items that have truth, of
 *
 *   1 - (2 * sum_l w_l sum(p_l * g_l) + epsilon) / (sum_l w_l (sum(p_l) + sum(g_l)) + epsilon),   w_l = 1 / sum(g_l)^2
 *
 * with the inner sums over height and width, so that a small class counts as much as a large one. The weights of an item are
 * scaled so that its smallest class has 1 (which changes nothing but epsilon's share). A class absent from an item has no
 * such weight: it takes the largest of that item, 1. An item without any class is left out, which happens without background
 * only; 0 where no item is left.
 *
 * @param probabilities [batch, height, width, classes], each in [0, 1]; not logits.
 * @param truth         same shape, 0 or 1.
 * @returns scalar, no unit: 0 is perfect overlap, 1 is none.
 * @throws DomainError BAD_INPUT when the shapes differ, are not rank 4, or `epsilon` <= 0.
 *
 * Source: Sudre et al. 2017, arXiv:1707.03237, section 2.1, which leaves the weight of an absent class open and takes exclusive
 * classes; here they are independent probabilities, and the background follows from them. One class without background is
 * soft Dice.
 */
export function generalizedDiceLoss(
  probabilities: tf.Tensor,
  truth: tf.Tensor,
  { epsilon = defaultEpsilon, background = true }: GeneralizedDiceOptions = {},
): tf.Scalar {
  checkRegions("generalizedDiceLoss", probabilities, truth, epsilon);
  const largest = probabilities.shape[1]! * probabilities.shape[2]!;
  return tf.tidy(() => {
    const all = (each: tf.Tensor) => (background ? tf.concat([each, tf.sub(1, each.max(3, true))], 3) : each);
    const [p, g] = [all(probabilities), all(truth)]; //                                   [b, h, w, l]
    const inTruth = g.sum([1, 2]); //                                                     [b, l]
    const present = inTruth.greater(0).toFloat(); //                                      [b, l]
    const smallest = inTruth.add(tf.sub(1, present).mul(2 * largest)).min(1, true); //    [b, 1]
    const weights = smallest.div(inTruth.maximum(smallest)).square(); //                  [b, l]
    const overlap = p.mul(g).sum([1, 2]).mul(weights).sum(1); //                          [b]
    const total = p.sum([1, 2]).add(inTruth).mul(weights).sum(1); //                      [b]
    const loss = tf.sub(1, overlap.mul(2).add(epsilon).div(total.add(epsilon))); //       [b]
    const counted = present.max(1); //                                                    [b]
    return loss.mul(counted).sum().div(counted.sum().maximum(1)) as tf.Scalar;
  });
}
