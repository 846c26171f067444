/** @file min(max(x, 0), 6). */
import * as tf from "@tensorflow/tfjs";
import { onlyInput } from "./ofLayer.ts";

/** Any shape in, the same out. tf.layers.reLU({ maxValue: 6 }) is two operations, the second with a gradient of four. */
export class Relu6 extends tf.layers.Layer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraRelu6";
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape | tf.Shape[] {
    return inputShape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.relu6(onlyInput(inputs));
  }
}
