/**
 * @file Attention by likeness to a bag's most telling tile of each class.
 *
 *   m_c      the tile whose logit of class c is largest
 *   a_ck     softmax over tiles k of  <q_k, q_mc> / sqrt(queries)
 *
 * Source: Li, Li & Eliceiri 2021, arXiv:2011.08939, section 3.2 and the authors' program, which scales by the square root.
 */
import * as tf from "@tensorflow/tfjs";
import { oneHot } from "./oneHot.ts";

/**
 * Inputs: queries [b, tiles, n]; tile logits [b, tiles, classes]; mask [b, tiles]. Output: [b, classes, tiles], sum over tiles 1, 0 at
 * padding. Which tile is critical has no gradient, its query has.
 */
export class CriticalAttention extends tf.layers.Layer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraCriticalAttention";
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, tiles, classes] = (inputShape as tf.Shape[])[1]!;
    return [batch!, classes!, tiles!];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [queries, logits, mask] = inputs as [tf.Tensor3D, tf.Tensor3D, tf.Tensor2D];
    const [, tiles, width] = queries.shape;
    return tf.tidy(() => {
      const padding = mask.sub(1).mul(1e30).expandDims<tf.Tensor3D>(2); //            [b, t, 1]
      const critical = logits.add(padding).argMax(1); //                              [b, classes]
      const chosen = oneHot(critical, tiles); //                                      [b, classes, t]
      const scores = chosen.matMul(queries).matMul(queries, false, true); //          [b, classes, t]
      return scores.div(Math.sqrt(width)).add(mask.log().expandDims(1)).softmax();
    });
  }
}

/** Inputs: attention [b, classes, tiles]; tiles [b, tiles, n]. Output: [b, classes, n]. */
export class ClassVectors extends tf.layers.Layer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraClassVectors";
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [attention, tiles] = inputShape as tf.Shape[];
    return [attention![0]!, attention![1]!, tiles![2]!];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [attention, tiles] = inputs as [tf.Tensor3D, tf.Tensor3D];
    return tf.tidy(() => attention.matMul(tiles));
  }
}
