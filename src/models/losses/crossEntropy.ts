import * as tf from "@tensorflow/tfjs";
import { DomainError } from "@tessera/domain/errors";

/**
 * Binary cross entropy from logits z, the mean over all elements of
 *
 *   max(z, 0) - z * g + log(1 + exp(-|z|))
 *
 * which equals -g log sigmoid(z) - (1 - g) log(1 - sigmoid(z)) and stays finite for any finite z. The gradient is written
 * out, (sigmoid(z) - g) / n: derived from the formula it would be wrong where z is exactly 0.
 *
 * @param logits any shape.
 * @param truth  same shape, in [0, 1].
 * @returns scalar, nats per element.
 * @throws DomainError BAD_INPUT when the shapes differ.
 */
export function crossEntropyLoss(logits: tf.Tensor, truth: tf.Tensor): tf.Scalar {
  if (!tf.util.arraysEqual(logits.shape, truth.shape)) {
    const shapes = `[${logits.shape}] and [${truth.shape}]`;
    throw new DomainError("BAD_INPUT", `crossEntropyLoss: expected two equal shapes, got ${shapes}`);
  }
  const withGradient = tf.customGrad((z, save) => {
    const given = z as tf.Tensor;
    (save as (kept: tf.Tensor[]) => void)([given, truth]);
    const value = given.relu().sub(given.mul(truth)).add(given.abs().neg().exp().log1p()).mean() as tf.Scalar;
    const gradFunc = (dy: tf.Scalar, [saved, g]: tf.Tensor[]) => saved!.sigmoid().sub(g!).mul(dy.div(saved!.size));
    return { value, gradFunc };
  });
  return tf.tidy(() => withGradient(logits) as tf.Scalar);
}
