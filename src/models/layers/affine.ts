/** @file x W + b, over the last axis of tensors of any rank. */
import * as tf from "@tensorflow/tfjs";
import type { leCunNormal } from "./initial.ts";
import { type LayerVariable, onlyInput } from "./ofLayer.ts";

/** [n, in] x [in, out] + [out] -> [n, out] */
export function affine(x: tf.Tensor2D, kernel: LayerVariable, bias?: LayerVariable): tf.Tensor2D {
  const product = tf.matMul<tf.Tensor2D>(x, kernel.read() as tf.Tensor2D);
  return bias === undefined ? product : (product.add(bias.read()) as tf.Tensor2D);
}

export interface PointwiseOptions {
  readonly name: string;
  readonly units: number;
  readonly activation: "relu" | "tanh" | "linear";
  readonly kernelInitializer: ReturnType<typeof leCunNormal>;
}

/**
 * [b, tiles, in] -> [b, tiles, units]: the same layer at every tile, with bias. tf.layers.dense transposes its kernel at every
 * call on three axes; this one folds the first two.
 */
export class Pointwise extends tf.layers.Layer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraPointwise";
  }

  private readonly options: PointwiseOptions;
  private kernel!: LayerVariable;
  private bias!: LayerVariable;

  constructor(options: PointwiseOptions) {
    super({ name: options.name });
    this.options = options;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const { units, kernelInitializer } = this.options;
    this.kernel = this.addWeight("kernel", [(inputShape as number[]).at(-1)!, units], "float32", kernelInitializer);
    this.bias = this.addWeight("bias", [units], "float32", tf.initializers.zeros());
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, tiles] = inputShape as tf.Shape;
    return [batch!, tiles!, this.options.units];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = onlyInput<tf.Tensor3D>(inputs);
      const [batch, tiles, width] = x.shape;
      const y = affine(x.reshape([batch * tiles, width]), this.kernel, this.bias);
      const { activation } = this.options;
      const activated = activation === "linear" ? y : activation === "relu" ? y.relu() : y.tanh();
      return activated.reshape([batch, tiles, this.options.units]);
    });
  }
}
