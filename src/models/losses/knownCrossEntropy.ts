import * as tf from "@tensorflow/tfjs";
import { DomainError } from "@tessera/domain/errors";

export interface KnownCrossEntropyOptions {
  /** Share of the truth that is spread over present and absent. Default 0. */
  readonly labelSmoothing?: number;
}

/**
 * Binary cross entropy from logits z of classes that stand by themselves, the mean over the values that are known of
 *
 *   max(z, 0) - z * g + log(1 + exp(-|z|)),   g = truth (1 - s) + s / 2
 *
 * 0 where none is known. The gradient is written out, k (sigmoid(z) - g) / sum k, and goes to the logits alone.
 *
 * @param logits [batch, classes].
 * @param truth  [batch, classes], 0 or 1.
 * @param known  [batch, classes], 1 where the truth is known, else 0.
 * @returns scalar, nats per known value.
 * @throws DomainError BAD_INPUT when the shapes differ.
 *
 * Label smoothing: Szegedy et al. 2016, arXiv:1512.00567, section 7, over the two outcomes of each class.
 */
export function knownCrossEntropyLoss(
  logits: tf.Tensor,
  truth: tf.Tensor,
  known: tf.Tensor,
  { labelSmoothing = 0 }: KnownCrossEntropyOptions = {},
): tf.Scalar {
  if (![truth, known].every(({ shape }) => tf.util.arraysEqual(logits.shape, shape))) {
    const shapes = `[${logits.shape}], [${truth.shape}] and [${known.shape}]`;
    throw new DomainError("BAD_INPUT", `knownCrossEntropyLoss: expected three equal shapes, got ${shapes}`);
  }
  return tf.tidy(() => {
    const target = labelSmoothing === 0 ? truth : truth.mul(1 - labelSmoothing).add(labelSmoothing / 2);
    const share = known.div(known.sum().maximum(1)); // [b, classes]: what each value counts for
    const withGradient = tf.customGrad((z, save) => {
      const given = z as tf.Tensor;
      (save as (kept: tf.Tensor[]) => void)([given, target, share]);
      const terms = given.relu().sub(given.mul(target)).add(given.abs().neg().exp().log1p());
      const value = terms.mul(share).sum() as tf.Scalar;
      const gradFunc = (dy: tf.Scalar, [saved, g, s]: tf.Tensor[]) => saved!.sigmoid().sub(g!).mul(s!).mul(dy);
      return { value, gradFunc };
    });
    return withGradient(logits) as tf.Scalar;
  });
}
