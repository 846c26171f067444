/**
 * @file Convolution without bias and max pooling, with the same number of pixels of padding on every side.
 *
 * tf.layers has "same" and "valid" only. At stride 1 "same" is this padding; at stride 2 it pads right and bottom more, and a
 * network would differ from the published one by half a pixel per stage. Output side: floor((size + 2 padding - kernel) / strides) + 1.
 *
 * At stride 2 the padding is an operation of its own: on a CPU, oneDNN has no gradient of max pooling with explicit paddings
 * (33 ms instead of 2 for ResNet-18's at 4 x 224²), and a slow one of such convolutions (23 ms instead of 6 for the last stage's).
 */
import * as tf from "@tensorflow/tfjs";
import { type LayerVariable, onlyInput } from "./ofLayer.ts";

interface Window {
  /** Side of the window, pixels. */
  readonly kernelSize: number;
  readonly strides: number;
  /** Pixels on each of the four sides. */
  readonly padding: number;
}

export interface ConvolutionOptions extends Omit<Window, "padding"> {
  readonly name: string;
  /** Pixels on each of the four sides; "same": as TensorFlow pads, for weights that were trained with it. */
  readonly padding: number | "same";
  readonly filters: number;
  readonly kernelInitializer: ReturnType<typeof tf.initializers.randomNormal>;
}

/** Lower than any activation, and finite in bfloat16 too. */
const lowest = -1e38;

interface PoolingOptions extends Window {
  readonly name: string;
}

function outputShape(inputShape: tf.Shape | tf.Shape[], window: Window, filters: number): tf.Shape {
  const [batch, height, width] = inputShape as tf.Shape;
  const side = (size: number | null | undefined) =>
    size == null ? null : Math.floor((size + 2 * window.padding - window.kernelSize) / window.strides) + 1;
  return [batch!, side(height), side(width), filters];
}

/** `x` with `value` around it: `padding` pixels above and left, and as many below and right as the last window reaches. */
function padded(x: tf.Tensor4D, { kernelSize, strides, padding }: Window, value: number): tf.Tensor4D {
  const sides = (size: number): [number, number] => {
    const last = Math.floor((size + 2 * padding - kernelSize) / strides) * strides - padding;
    return [padding, Math.max(0, last + kernelSize - size)];
  };
  return tf.pad(x, [[0, 0], sides(x.shape[1]), sides(x.shape[2]), [0, 0]], value);
}

/** [b, h, w, channels] -> [b, h', w', filters] */
export class Convolution extends tf.layers.Layer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraConvolution";
  }

  private readonly options: ConvolutionOptions;
  private kernel!: LayerVariable;

  constructor(options: ConvolutionOptions) {
    super({ name: options.name });
    this.options = options;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const { kernelSize, filters, kernelInitializer } = this.options;
    const shape = [kernelSize, kernelSize, (inputShape as number[]).at(-1)!, filters];
    this.kernel = this.addWeight("kernel", shape, "float32", kernelInitializer);
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const { padding, strides, filters } = this.options;
    // Of ceil(side / strides) pixels, as a 1x1 window without padding has them.
    const window = padding === "same" ? { kernelSize: 1, strides, padding: 0 } : { ...this.options, padding };
    return outputShape(inputShape, window, filters);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { kernelSize, strides, padding } = this.options;
    const kernel = this.kernel.read() as tf.Tensor4D;
    const x = onlyInput<tf.Tensor4D>(inputs);
    if (padding === "same") return tf.conv2d(x, kernel, strides, "same");
    if (strides === 1 && 2 * padding === kernelSize - 1) return tf.conv2d(x, kernel, 1, "same");
    const window = { kernelSize, strides, padding };
    return tf.tidy(() => tf.conv2d(padding === 0 ? x : padded(x, window, 0), kernel, strides, "valid"));
  }
}

/** [b, h, w, channels] -> [b, h', w', channels]; padding never is the maximum. */
export class MaxPooling extends tf.layers.Layer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraMaxPooling";
  }

  private readonly options: PoolingOptions;

  constructor(options: PoolingOptions) {
    super({ name: options.name });
    this.options = options;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return outputShape(inputShape, this.options, (inputShape as tf.Shape).at(-1)!);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { kernelSize, strides } = this.options;
    return tf.tidy(() =>
      tf.maxPool(padded(onlyInput<tf.Tensor4D>(inputs), this.options, lowest), kernelSize, strides, "valid"),
    );
  }
}
