/** @file The mean over height and width. */
import * as tf from "@tensorflow/tfjs";
import { onlyInput } from "./ofLayer.ts";

/**
 * [b, h, w, channels] -> [b, channels]. tf.js' gradient of a mean multiplies by ones of the input's size, which a compiled step
 * would hold as a constant; this one repeats dy / (h w).
 */
export class GlobalAverage extends tf.layers.Layer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraGlobalAverage";
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, , , channels] = inputShape as tf.Shape;
    return [batch!, channels!];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const average = tf.customGrad((x) => {
      const [batch, height, width, channels] = (x as tf.Tensor4D).shape;
      const gradFunc = (dy: tf.Tensor) =>
        dy
          .div(height * width)
          .reshape([batch, 1, 1, channels])
          .tile([1, height, width, 1]);
      return { value: (x as tf.Tensor4D).mean([1, 2]), gradFunc };
    });
    return tf.tidy(() => average(onlyInput(inputs)));
  }
}
