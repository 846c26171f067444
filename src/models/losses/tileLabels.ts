/** @file The loss of tiles that learn their bag's label. */
import * as tf from "@tensorflow/tfjs";
import { DomainError } from "@tessera/domain/errors";

export interface TileLabelsOptions {
  /** Softmax over the classes; else a sigmoid each. */
  readonly exclusive: boolean;
  /** Share of the truth that is spread over the classes, or over present and absent. Default 0. */
  readonly labelSmoothing?: number;
}

/**
 * Cross entropy of every tile with its bag's label: the mean over a bag's tiles, then over the bags (or, of classes that stand by
 * themselves, over the values that are known; 0 where none is). A bag counts for the same whatever its tiles.
 *
 * @param logits [bags, tiles, classes], finite also at padding.
 * @param mask   [bags, tiles], 1 for a tile and 0 for padding; at least one tile of each bag.
 * @param truth  [bags, classes], one-hot, or 0 or 1 each.
 * @param known  [bags, classes], 1 where the truth is known, else 0; not for exclusive classes.
 * @returns scalar, nats.
 * @throws DomainError BAD_INPUT when the shapes do not fit.
 */
export function tileLabelsLoss(
  logits: tf.Tensor,
  mask: tf.Tensor,
  truth: tf.Tensor,
  known: tf.Tensor | undefined,
  { exclusive, labelSmoothing = 0 }: TileLabelsOptions,
): tf.Scalar {
  const [bags, tiles, classes] = logits.shape as [number, number, number];
  if (String(mask.shape) !== String([bags, tiles]) || String(truth.shape) !== String([bags, classes])) {
    const got = `[${logits.shape}], [${mask.shape}] and [${truth.shape}]`;
    const expected = "logits [bags, tiles, classes], mask [bags, tiles] and truth [bags, classes]";
    throw new DomainError("BAD_INPUT", `tileLabelsLoss: expected ${expected}, got ${got}`);
  }
  return tf.tidy(() => {
    const spread = labelSmoothing / (exclusive ? classes : 2);
    const target = truth.mul(1 - labelSmoothing).add(spread); //                                [b, classes]
    const share = mask.div<tf.Tensor2D>(mask.sum(1, true)).expandDims(2); //                    [b, t, 1]
    const overTiles = (values: tf.Tensor) => values.mul(share).sum(1); //                       [b, classes]
    if (exclusive) return overTiles(logits.logSoftmax(2)).mul(target).sum().div(-bags) as tf.Scalar;
    // softplus(z) - z g is the binary cross entropy of logits z.
    const terms = overTiles(logits.softplus()).sub(overTiles(logits).mul(target)); //           [b, classes]
    const counted = known ?? tf.onesLike(terms);
    return terms.mul(counted).sum().div(counted.sum().maximum(1)) as tf.Scalar;
  });
}
