import * as tf from "@tensorflow/tfjs";
import { DomainError } from "@tessera/domain/errors";

/**
 * Binary cross entropy from logits with a weight for every pixel: the mean over all elements of w times the term of
 * crossEntropyLoss. The weights are not divided by their mean: what they are for is said where they are made. The gradient is
 * written out, w (sigmoid(z) - g) / n, and goes to the logits alone.
 *
 * @param logits  any shape.
 * @param truth   same shape, in [0, 1].
 * @param weights same shape, at least 0.
 * @returns scalar, weighted nats per element.
 * @throws DomainError BAD_INPUT when the shapes differ.
 */
export function weightedCrossEntropyLoss(logits: tf.Tensor, truth: tf.Tensor, weights: tf.Tensor): tf.Scalar {
  if (![truth, weights].every(({ shape }) => tf.util.arraysEqual(logits.shape, shape))) {
    const shapes = `[${logits.shape}], [${truth.shape}] and [${weights.shape}]`;
    throw new DomainError("BAD_INPUT", `weightedCrossEntropyLoss: expected three equal shapes, got ${shapes}`);
  }
  const withGradient = tf.customGrad((z, save) => {
    const given = z as tf.Tensor;
    (save as (kept: tf.Tensor[]) => void)([given, truth, weights]);
    const terms = given.relu().sub(given.mul(truth)).add(given.abs().neg().exp().log1p());
    const value = terms.mul(weights).mean() as tf.Scalar;
    const gradFunc = (dy: tf.Scalar, [saved, g, w]: tf.Tensor[]) =>
      saved!.sigmoid().sub(g!).mul(w!).mul(dy.div(saved!.size));
    return { value, gradFunc };
  });
  return tf.tidy(() => withGradient(logits) as tf.Scalar);
}
