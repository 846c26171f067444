import * as tf from "@tensorflow/tfjs";
import { DomainError } from "@tessera/domain/errors";
import { meanOverRegions } from "./regions.ts";
import { type TverskyOptions, tverskyRegions } from "./tversky.ts";

export interface FocalTverskyOptions extends TverskyOptions {
  /** Default 4/3. 1 is Tversky. */
  readonly gamma?: number;
}

/** Below this 1 - T the power goes on as a line: its slope would be infinite at 0. */
const straight = 1e-6;

/**
 * Focal Tversky loss: the mean, over the items and classes that have truth, of (1 - T)^(1 / gamma), with T as in tverskyLoss.
 *
 * @param probabilities [batch, height, width, classes], each in [0, 1]; not logits.
 * @param truth         same shape, 0 or 1.
 * @returns scalar, no unit: 0 is perfect overlap, 1 is none.
 * @throws DomainError BAD_INPUT when the shapes differ, are not rank 4, `epsilon` <= 0 or `gamma` <= 0.
 *
 * Source: Abraham & Khan 2018, arXiv:1810.07842, equation 4, with their gamma = 4/3. They call the weight of missed pixels
 * alpha (0.7) and that of false positives beta; here the names are Salehi's. They sum over the classes of a batch; this is a
 * mean per item and class. A straight line instead of the power below 1 - T = 1e-6 is ours.
 */
export function focalTverskyLoss(
  probabilities: tf.Tensor,
  truth: tf.Tensor,
  options: FocalTverskyOptions = {},
): tf.Scalar {
  const { gamma = 4 / 3, countAbsent = false } = options;
  if (!(gamma > 0)) throw new DomainError("BAD_INPUT", `focalTverskyLoss: gamma must be > 0, got ${gamma}`);
  return tf.tidy(() => {
    const { loss, inTruth } = tverskyRegions("focalTverskyLoss", probabilities, truth, options);
    const focal = loss.mul(loss.maximum(straight).pow(1 / gamma - 1)); //                 [b, classes]
    return meanOverRegions(focal, inTruth, countAbsent);
  });
}
