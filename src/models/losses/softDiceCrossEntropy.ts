import type * as tf from "@tensorflow/tfjs";
import { tidy } from "@tensorflow/tfjs";
import { crossEntropyLoss } from "./crossEntropy.ts";
import type { RegionOptions } from "./regions.ts";
import { softDiceLoss } from "./softDice.ts";

/**
 * Soft Dice plus binary cross entropy with equal weights, as nnU-Net trains (Isensee et al. 2021). Dice looks at the region
 * as a whole, cross entropy gives every pixel a gradient from the first step on.
 *
 * @param logits  [batch, height, width, classes].
 * @param truth   same shape, 0 or 1.
 * @param options of soft Dice; cross entropy looks at every pixel in any case.
 * @returns scalar.
 * @throws DomainError BAD_INPUT when the shapes differ or are not rank 4.
 */
export function softDiceCrossEntropyLoss(logits: tf.Tensor, truth: tf.Tensor, options: RegionOptions = {}): tf.Scalar {
  return tidy(() => softDiceLoss(logits.sigmoid(), truth, options).add(crossEntropyLoss(logits, truth)) as tf.Scalar);
}
