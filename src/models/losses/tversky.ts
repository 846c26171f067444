import * as tf from "@tensorflow/tfjs";
import { checkRegions, defaultEpsilon, meanOverRegions, type RegionOptions } from "./regions.ts";

export interface TverskyOptions extends RegionOptions {
  /** What a false positive weighs. Default 0.3. */
  readonly alpha?: number;
  /** What a missed pixel weighs. Default 0.7. */
  readonly beta?: number;
}

/**
 * Tversky loss: the mean, over the items and classes that have truth, of 1 - T,
 *
 *   T = (2 * TP + epsilon) / (2 * TP + 2 * alpha * FP + 2 * beta * FN + epsilon)
 *
 * with TP = sum(p * g), FP = sum(p * (1 - g)), FN = sum((1 - p) * g) over height and width. alpha = beta = 0.5 is soft Dice,
 * epsilon and all: the twos are there for that.
 *
 * @param probabilities [batch, height, width, classes], each in [0, 1]; not logits.
 * @param truth         same shape, 0 or 1.
 * @returns scalar, no unit: 0 is perfect overlap, 1 is none.
 * @throws DomainError BAD_INPUT when the shapes differ, are not rank 4, or `epsilon` <= 0.
 *
 * Source: Salehi, Erdogmus & Gholipour 2017, arXiv:1706.05721, equation 4, which sums over all voxels of a patch and has no
 * epsilon. alpha and beta are theirs: alpha for false positives.
 */
export function tverskyLoss(probabilities: tf.Tensor, truth: tf.Tensor, options: TverskyOptions = {}): tf.Scalar {
  const { countAbsent = false } = options;
  return tf.tidy(() => {
    const { loss, inTruth } = tverskyRegions("tverskyLoss", probabilities, truth, options);
    return meanOverRegions(loss, inTruth, countAbsent);
  });
}

/** 1 - T and the pixels of the truth, both [b, classes]. To be called in a tidy. */
export function tverskyRegions(
  name: string,
  probabilities: tf.Tensor,
  truth: tf.Tensor,
  { alpha = 0.3, beta = 0.7, epsilon = defaultEpsilon }: TverskyOptions,
): { readonly loss: tf.Tensor; readonly inTruth: tf.Tensor } {
  checkRegions(name, probabilities, truth, epsilon);
  const found = probabilities.mul(truth).sum([1, 2]); //                                  [b, classes]
  const inTruth = truth.sum([1, 2]); //                                                   [b, classes]
  const wrong = probabilities
    .sum([1, 2])
    .sub(found)
    .mul(2 * alpha); //                   [b, classes]
  const missed = inTruth.sub(found).mul(2 * beta); //                                     [b, classes]
  const errors = wrong.add(missed); //                                                    [b, classes]
  return { loss: errors.div(found.mul(2).add(errors).add(epsilon)), inTruth };
}
