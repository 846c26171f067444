import * as tf from "@tensorflow/tfjs";
import { DomainError } from "@tessera/domain/errors";

export interface FocalOptions {
  /** What a pixel of the class weighs; one of the background weighs 1 - alpha. Default 0.25. */
  readonly alpha?: number;
  /** How far pixels that are right already fade. Default 2; 0 is weighted cross entropy. */
  readonly gamma?: number;
}

/**
 * Focal loss from logits z, the mean over all elements of
 *
 *   -a (1 - q)^gamma log q,   q = sigmoid(z) and a = alpha where g is 1, q = 1 - sigmoid(z) and a = 1 - alpha where g is 0
 *
 * computed from u = z or -z with q = sigmoid(u), so that it is finite for any finite z. The gradient by u is written out,
 * -a (1 - q)^gamma (1 - q - gamma q log q): it has no power of less than gamma.
 *
 * @param logits any shape.
 * @param truth  same shape, 0 or 1.
 * @returns scalar, nats per element.
 * @throws DomainError BAD_INPUT when the shapes differ, or `gamma` < 0.
 *
 * Source: Lin et al. 2017, arXiv:1708.02002, equation 5, alpha and gamma of section 5.1. They divide the sum by the number of
 * anchors that have an object; this is a mean.
 */
export function focalLoss(
  logits: tf.Tensor,
  truth: tf.Tensor,
  { alpha = 0.25, gamma = 2 }: FocalOptions = {},
): tf.Scalar {
  if (!tf.util.arraysEqual(logits.shape, truth.shape)) {
    const shapes = `[${logits.shape}] and [${truth.shape}]`;
    throw new DomainError("BAD_INPUT", `focalLoss: expected two equal shapes, got ${shapes}`);
  }
  if (!(gamma >= 0)) throw new DomainError("BAD_INPUT", `focalLoss: gamma must be >= 0, got ${gamma}`);
  return tf.tidy(() => {
    const sign = truth.mul(2).sub(1); //                                                  1 or -1
    const share = truth.mul(2 * alpha - 1).add(1 - alpha); //                             alpha or 1 - alpha
    const withGradient = tf.customGrad((z, save) => {
      const u = (z as tf.Tensor).mul(sign);
      const surprise = u.neg().relu().add(u.abs().neg().exp().log1p()); //                -log q
      const wrong = u.neg().sigmoid(); //                                                 1 - q
      const faded = wrong.pow(gamma).mul(share); //                                       a (1 - q)^gamma
      (save as (kept: tf.Tensor[]) => void)([sign, surprise, wrong, faded]);
      const gradFunc = (dy: tf.Scalar, [s, minusLog, w, f]: tf.Tensor[]) =>
        tf.sub(1, w!).mul(minusLog!).mul(gamma).add(w!).mul(f!).mul(s!).mul(dy.div(-logits.size));
      return { value: faded.mul(surprise).mean() as tf.Scalar, gradFunc };
    });
    return withGradient(logits) as tf.Scalar;
  });
}
