/** @file The mean of the tiles' probabilities, said as logits, so that every loss and score takes it as it takes others. */
import * as tf from "@tensorflow/tfjs";

/**
 * Inputs: tile logits [b, tiles, classes], finite also at padding; mask [b, tiles]. Output: logits [b, classes] whose softmax
 * (exclusive classes) or sigmoid (others) is the mean over the tiles of theirs. From logarithms throughout: finite for any finite logits.
 */
export class MeanProbability extends tf.layers.Layer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraMeanProbability";
  }

  private readonly exclusive: boolean;

  constructor({ name, exclusive }: { name: string; exclusive: boolean }) {
    super({ name });
    this.exclusive = exclusive;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, , classes] = (inputShape as tf.Shape[])[0]!;
    return [batch!, classes!];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [logits, mask] = inputs as [tf.Tensor3D, tf.Tensor2D];
    return tf.tidy(() => {
      const padding = mask.sub(1).mul(1e30).expandDims<tf.Tensor3D>(2); //        [b, t, 1]; 0 at a tile
      const sum = (logProbabilities: tf.Tensor) => logProbabilities.add(padding).logSumExp(1); // [b, classes]
      // log sigmoid(z) = -softplus(-z): tf.logSigmoid frees what its gradient needs.
      if (!this.exclusive) return sum(logits.neg().softplus().neg()).sub(sum(logits.softplus().neg()));
      return sum(logits.logSoftmax(2)).sub(mask.sum(1, true).log());
    });
  }
}
