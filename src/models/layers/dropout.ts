/** @file Dropout whose random numbers are drawn by whom the caller says. */
import * as tf from "@tensorflow/tfjs";
import { onlyInput } from "./ofLayer.ts";

/** What draws: the engine's GraphRandom, which a compiled step can hold. tf.dropout would be frozen there. */
export interface DropoutSource {
  /** `x` with a share `rate` of its values set to 0, and the rest scaled so that the expectation stays. */
  dropout(x: tf.Tensor, rate: number): tf.Tensor;
}

/** Any shape in, the same out; in training only. Srivastava et al. 2014, JMLR 15, in the scaled form. */
export class SeededDropout extends tf.layers.Layer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraDropout";
  }

  private readonly rate: number;
  private readonly source: DropoutSource;

  constructor({ name, rate, source }: { name: string; rate: number; source: DropoutSource }) {
    super({ name });
    this.rate = rate;
    this.source = source;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape | tf.Shape[] {
    return inputShape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training }: { training?: boolean }): tf.Tensor {
    const x = onlyInput(inputs);
    return training ? this.source.dropout(x, this.rate) : x.clone();
  }
}
