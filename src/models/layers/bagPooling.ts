/** @file The tiles of a bag to one vector, value by value: their mean, their largest, or the mean of their k largest. */
import * as tf from "@tensorflow/tfjs";
import type { bagPoolings } from "@tessera/domain/configuration/mil";
import { DomainError } from "@tessera/domain/errors";
import { oneHot } from "./oneHot.ts";

export interface BagPoolingOptions {
  readonly name: string;
  readonly pooling: (typeof bagPoolings)[number];
  /** Of topK. A bag of fewer tiles takes all of them. */
  readonly k?: number;
}

/** Below every finite value that a network gives, and finite itself: -Infinity times 0 is NaN. */
const lowest = -1e30;

/**
 * Inputs: values [b, tiles, n], finite also at padding; mask [b, tiles], 1 for a tile and 0 for padding. Output: [b, n].
 *
 * topK: values that equal the k-th largest share the places that are left, and so the gradient.
 */
export class BagPooling extends tf.layers.Layer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraBagPooling";
  }

  private readonly options: BagPoolingOptions;

  /** @throws DomainError BAD_INPUT for topK without a whole k of at least 1 */
  constructor(options: BagPoolingOptions) {
    super({ name: options.name });
    const { pooling, k } = options;
    if (pooling === "topK" && !(Number.isInteger(k) && k! >= 1)) {
      throw new DomainError("BAD_INPUT", `topK: expected a whole k of at least 1, got ${k}`, { k });
    }
    this.options = options;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, , values] = (inputShape as tf.Shape[])[0]!;
    return [batch!, values!];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [values, mask] = inputs as [tf.Tensor3D, tf.Tensor2D];
    const { pooling, k } = this.options;
    return tf.tidy(() => {
      const present = mask.expandDims<tf.Tensor3D>(2); //                                [b, t, 1]
      if (pooling === "mean") return meanOf(values, present);
      const masked = values.mul(present).add(present.sub(1).mul(-lowest)) as tf.Tensor3D; // [b, t, n]; padding is lowest
      if (pooling === "max") return masked.max(1);
      return masked.mul(shareOf(masked, mask, k!)).sum(1);
    });
  }
}

/** @param weights 0 or 1, [b, t, 1] */
function meanOf(values: tf.Tensor3D, weights: tf.Tensor): tf.Tensor {
  return values.mul(weights).sum(1).div(weights.sum(1)); //                              [b, n]
}

/** What a value counts in the mean of its column's k largest: [b, t, n], without a gradient: tf.topk has none. */
function shareOf(masked: tf.Tensor3D, mask: tf.Tensor2D, k: number): tf.Tensor {
  const share = tf.customGrad((values) => ({
    value: shares(values as tf.Tensor3D, mask, k),
    gradFunc: (dy: tf.Tensor) => dy.mul(0),
  }));
  return share(masked);
}

function shares(masked: tf.Tensor3D, mask: tf.Tensor2D, k: number): tf.Tensor {
  const most = Math.min(k, masked.shape[1]);
  const sorted = tf.topk(masked.transpose([0, 2, 1]), most).values; //                   [b, n, most]
  const taken = mask.sum(1).minimum(most); //                                            [b], k, or all of a short bag
  const place = oneHot(taken.sub(1).toInt(), most); //                                   [b, most]
  const kth = sorted.mul(place.expandDims(1)).sum(2).expandDims(1); //                   [b, 1, n]
  const above = masked.greater(kth).toFloat(); //                                        [b, t, n]
  const equal = masked.equal(kth).toFloat();
  const left = taken.reshape([-1, 1, 1]).sub(above.sum(1, true)); //                     [b, 1, n], places for those equal to it
  return above.add(equal.mul(left.div(equal.sum(1, true)))).div(taken.reshape([-1, 1, 1]));
}
