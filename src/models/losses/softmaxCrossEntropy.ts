import * as tf from "@tensorflow/tfjs";
import { DomainError } from "@tessera/domain/errors";

export interface SoftmaxCrossEntropyOptions {
  /** Share of the truth that is spread evenly over all classes. Default 0. */
  readonly labelSmoothing?: number;
}

/**
 * Cross entropy from logits z, the mean over the batch of
 *
 *   -sum_k g_k log softmax(z)_k
 *
 * finite for any finite z. The gradient is written out, (softmax(z) sum_k g_k - g) / batch, from one operation of the back end.
 *
 * @param logits [batch, classes].
 * @param truth  [batch] int32, the number of the class; or [batch, classes], one-hot or a distribution. A number that is no
 *               class has no truth, and its item costs 0: TensorFlow cannot refuse inside a compiled step.
 * @returns scalar, nats per item.
 * @throws DomainError BAD_INPUT when shapes or type do not fit, or `labelSmoothing` is not in [0, 1).
 *
 * Label smoothing: Szegedy et al. 2016, arXiv:1512.00567, section 7, with a uniform distribution of labels.
 */
export function softmaxCrossEntropyLoss(
  logits: tf.Tensor,
  truth: tf.Tensor,
  { labelSmoothing = 0 }: SoftmaxCrossEntropyOptions = {},
): tf.Scalar {
  checkInput(logits, truth, labelSmoothing);
  const [batch, classes] = logits.shape as [number, number];
  return tf.tidy(() => {
    const oneHot = truth.rank === 1 ? tf.oneHot(truth as tf.Tensor1D, classes).toFloat() : truth; // [b, classes]
    const spread = () => oneHot.sum(1, true).mul(labelSmoothing / classes); //                          [b, 1]; 0 without truth
    const target = labelSmoothing === 0 ? oneHot : oneHot.mul(1 - labelSmoothing).add(spread());
    const withGradient = tf.customGrad((z, save) => {
      const logProbabilities = tf.logSoftmax(z as tf.Tensor); //                                      [b, classes]
      (save as (kept: tf.Tensor[]) => void)([logProbabilities, target]);
      const value = logProbabilities.mul(target).sum().div(-batch) as tf.Scalar;
      const gradFunc = (dy: tf.Scalar, [saved, g]: tf.Tensor[]) =>
        saved!.exp().mul(g!.sum(1, true)).sub(g!).mul(dy.div(batch));
      return { value, gradFunc };
    });
    return withGradient(logits) as tf.Scalar;
  });
}

function checkInput(logits: tf.Tensor, truth: tf.Tensor, labelSmoothing: number): void {
  const [batch, classes] = logits.shape;
  const integers = truth.dtype === "int32" && tf.util.arraysEqual(truth.shape, [batch!]);
  const distributions = truth.dtype === "float32" && tf.util.arraysEqual(truth.shape, [batch!, classes!]);
  if (logits.rank !== 2 || !(integers || distributions)) {
    const got = `logits [${logits.shape}] and truth [${truth.shape}] ${truth.dtype}`;
    const message = `softmaxCrossEntropyLoss: expected logits [batch, classes] and truth [batch] int32 or [batch, classes] float32, got ${got}`;
    throw new DomainError("BAD_INPUT", message);
  }
  if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
    const message = `softmaxCrossEntropyLoss: expected labelSmoothing from 0 to below 1, got ${labelSmoothing}`;
    throw new DomainError("BAD_INPUT", message);
  }
}
