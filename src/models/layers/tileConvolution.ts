/** @file Convolution with bias, ReLU and max pooling of every tile of a bag, whose features are a picture. */
import * as tf from "@tensorflow/tfjs";
import type { leCunNormal } from "./initial.ts";
import { type LayerVariable, onlyInput } from "./ofLayer.ts";

interface FeatureMap {
  /** Pixels. */
  readonly side: number;
  readonly channels: number;
}

export interface TileConvolutionOptions {
  readonly name: string;
  /** What a tile's numbers are: [side, side, channels]. */
  readonly input: FeatureMap;
  readonly filters: number;
  /** Side of the window, pixels; no padding. */
  readonly kernelSize: number;
  readonly kernelInitializer: ReturnType<typeof leCunNormal>;
}

/** Of the largest of 2 x 2, an odd row or column left out. */
export const convolvedMap = ({ input, filters, kernelSize }: Omit<TileConvolutionOptions, "name">): FeatureMap => ({
  side: Math.floor((input.side - kernelSize + 1) / 2),
  channels: filters,
});

/** [b, tiles, side * side * channels] -> [b, tiles, side' * side' * filters], as `convolvedMap` says; the same layer at every tile. */
export class TileConvolution extends tf.layers.Layer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraTileConvolution";
  }

  private readonly options: TileConvolutionOptions;
  private kernel!: LayerVariable;
  private bias!: LayerVariable;

  constructor(options: TileConvolutionOptions) {
    super({ name: options.name });
    this.options = options;
  }

  override build(): void {
    const { input, filters, kernelSize, kernelInitializer } = this.options;
    const shape = [kernelSize, kernelSize, input.channels, filters];
    this.kernel = this.addWeight("kernel", shape, "float32", kernelInitializer);
    this.bias = this.addWeight("bias", [filters], "float32", tf.initializers.zeros());
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, tiles] = inputShape as tf.Shape;
    return [batch!, tiles!, this.width];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = onlyInput<tf.Tensor3D>(inputs);
      const [batch, tiles] = x.shape;
      const { side, channels } = this.options.input;
      const pictures = x.reshape<tf.Tensor4D>([batch * tiles, side, side, channels]);
      const convolved = tf.conv2d(pictures, this.kernel.read() as tf.Tensor4D, 1, "valid").add(this.bias.read());
      // Pooled first, which is the same and a quarter of the work.
      const pooled = tf.maxPool(convolved as tf.Tensor4D, 2, 2, "valid").relu();
      return pooled.reshape([batch, tiles, this.width]);
    });
  }

  /** Numbers per tile that come out. */
  private get width(): number {
    const { side, channels } = convolvedMap(this.options);
    return side * side * channels;
  }
}
