/** @file Layer normalisation: Ba, Kiros & Hinton 2016, arXiv:1607.06450, over the last axis. */
import * as tf from "@tensorflow/tfjs";
import { type LayerVariable, onlyInput } from "./ofLayer.ts";

/** As PyTorch's. */
const epsilon = 1e-5;

/** [..., width], with gain and bias [width]; the same shape out. */
export function layerNorm(x: tf.Tensor, gain: LayerVariable, bias: LayerVariable): tf.Tensor {
  const mean = x.mean(-1, true);
  const centred = x.sub(mean);
  const variance = centred.square().mean(-1, true);
  return centred.mul(variance.add(epsilon).rsqrt()).mul(gain.read()).add(bias.read());
}

/** The same as a layer of its own: weights "gamma" and "beta". */
export class LayerNorm extends tf.layers.Layer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraLayerNorm";
  }

  private gain!: LayerVariable;
  private shift!: LayerVariable;

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const width = (inputShape as tf.Shape).at(-1)!;
    this.gain = this.addWeight("gamma", [width], "float32", tf.initializers.ones());
    this.shift = this.addWeight("beta", [width], "float32", tf.initializers.zeros());
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape | tf.Shape[] {
    return inputShape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => layerNorm(onlyInput(inputs), this.gain, this.shift));
  }
}
