/**
 * @file What the losses for label noise share: each says what one label costs and how that changes with the logits; here is the mean of it.
 *
 * The gradient is written out and goes to the logits alone. Truth is 0 or 1: a smoothed one has no surest class.
 */
import * as tf from "@tensorflow/tfjs";
import { DomainError } from "@tessera/domain/errors";

export interface Terms {
  /** What each label costs. */
  readonly terms: tf.Tensor;
  /** By the logits, of their shape. */
  readonly slope: tf.Tensor;
}

export interface NoiseRobust {
  readonly name: string;
  /** Labels that stand by themselves, as of a pixel: logits and truth of any one shape, and so are the terms. */
  ofValues(logits: tf.Tensor, truth: tf.Tensor): Terms;
  /** Of exclusive classes: logits and truth (one-hot) [b, classes], terms [b, 1]. */
  ofClasses(logits: tf.Tensor, truth: tf.Tensor): Terms;
}

/**
 * The mean over all values, or over those that are known.
 * @param logits any shape
 * @param truth  same shape, 0 or 1
 * @param known  same shape, 1 where the truth is known, else 0. Absent: all is
 * @returns scalar; 0 where none is known
 * @throws DomainError BAD_INPUT when the shapes differ
 */
export function meanOfValues(loss: NoiseRobust, logits: tf.Tensor, truth: tf.Tensor, known?: tf.Tensor): tf.Scalar {
  if (![truth, known ?? truth].every(({ shape }) => tf.util.arraysEqual(logits.shape, shape))) {
    const shapes = [logits, truth, ...(known ? [known] : [])].map(({ shape }) => `[${shape}]`).join(" and ");
    throw new DomainError("BAD_INPUT", `${loss.name}: expected equal shapes, got ${shapes}`);
  }
  return tf.tidy(() => {
    const share = known === undefined ? tf.scalar(1 / truth.size) : known.div(known.sum().maximum(1));
    return weighted(logits, share, (z) => loss.ofValues(z, truth));
  });
}

/**
 * The mean over the batch.
 * @param logits [batch, classes]
 * @param truth  [batch, classes], one-hot; an item without truth, all 0, costs 0
 * @returns scalar
 * @throws DomainError BAD_INPUT when the shapes differ or are not rank 2
 */
export function meanOfClasses(loss: NoiseRobust, logits: tf.Tensor, truth: tf.Tensor): tf.Scalar {
  if (logits.rank !== 2 || !tf.util.arraysEqual(logits.shape, truth.shape)) {
    const shapes = `[${logits.shape}] and [${truth.shape}]`;
    throw new DomainError("BAD_INPUT", `${loss.name}: expected two equal shapes [batch, classes], got ${shapes}`);
  }
  return tf.tidy(() => {
    const share = truth.sum(1, true).div(truth.shape[0]!); // [b, 1]
    return weighted(logits, share, (z) => loss.ofClasses(z, truth));
  });
}

function weighted(logits: tf.Tensor, share: tf.Tensor, of: (z: tf.Tensor) => Terms): tf.Scalar {
  const withGradient = tf.customGrad((z, save) => {
    const { terms, slope } = of(z as tf.Tensor);
    (save as (kept: tf.Tensor[]) => void)([slope, share]);
    const gradFunc = (dy: tf.Scalar, [saved, each]: tf.Tensor[]) => saved!.mul(each!).mul(dy);
    return { value: terms.mul(share).sum() as tf.Scalar, gradFunc };
  });
  return withGradient(logits) as tf.Scalar;
}

/** -log sigmoid(u), finite for any finite u. */
export const surprise = (u: tf.Tensor): tf.Tensor => u.neg().relu().add(u.abs().neg().exp().log1p());

/** 1 where the truth is 1, else -1: sigmoid(z sign) is what the truth is given. */
export const signOf = (truth: tf.Tensor): tf.Tensor => truth.mul(2).sub(1);
