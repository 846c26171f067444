/** @file Depthwise convolution without bias: one filter per channel. */
import * as tf from "@tensorflow/tfjs";
import { type LayerVariable, onlyInput } from "./ofLayer.ts";

export interface DepthwiseOptions {
  readonly name: string;
  /** Side of the window, pixels. */
  readonly kernelSize: number;
  readonly strides: number;
  readonly kernelInitializer: ReturnType<typeof tf.initializers.randomNormal>;
}

/**
 * [b, h, w, channels] -> [b, ceil(h / strides), ceil(w / strides), channels]; kernel [k, k, channels, 1]. Padded as TensorFlow's
 * "same", which at stride 2 and an even side pads right and bottom only: so the published MobileNets were trained.
 */
export class DepthwiseConvolution extends tf.layers.Layer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraDepthwiseConvolution";
  }

  private readonly options: DepthwiseOptions;
  private kernel!: LayerVariable;

  constructor(options: DepthwiseOptions) {
    super({ name: options.name });
    this.options = options;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const { kernelSize, kernelInitializer } = this.options;
    const shape = [kernelSize, kernelSize, (inputShape as number[]).at(-1)!, 1];
    this.kernel = this.addWeight("kernel", shape, "float32", kernelInitializer);
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, height, width, channels] = inputShape as tf.Shape;
    const side = (size: number | null | undefined) => (size == null ? null : Math.ceil(size / this.options.strides));
    return [batch!, side(height), side(width), channels!];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const kernel = this.kernel.read() as tf.Tensor4D;
    return tf.depthwiseConv2d(onlyInput<tf.Tensor4D>(inputs), kernel, this.options.strides, "same");
  }
}
