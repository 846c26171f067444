/**
 * @file Batch normalisation over batch, height and width.
 *
 * Source: Ioffe & Szegedy 2015, arXiv:1502.03167, algorithms 1 and 2. tf.layers.batchNormalization computes the same from many
 * small operations; this layer uses the engine's fused kernel where the back end has it. As in the paper (and PyTorch) the
 * moving variance is that of the sample (n - 1), where tf.js' layer keeps the one of the population.
 */
import * as tf from "@tensorflow/tfjs";
import { type LayerVariable, onlyInput } from "./ofLayer.ts";

/** Registered by the engine, which says what goes in and out. */
const fusedKernel = "BatchNormalizationTraining";

export interface BatchNormalizationOptions {
  readonly name: string;
  /** Share of the moving averages that stays at a step. */
  readonly momentum: number;
  readonly epsilon: number;
}

/** [batch, height, width, channels] in and out. */
export class BatchNormalization extends tf.layers.Layer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraBatchNormalization";
  }

  private readonly options: BatchNormalizationOptions;
  private gamma!: LayerVariable;
  private beta!: LayerVariable;
  private movingMean!: LayerVariable;
  private movingVariance!: LayerVariable;

  constructor(options: BatchNormalizationOptions) {
    super({ name: options.name });
    this.options = options;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const channels = [(inputShape as number[]).at(-1)!];
    this.gamma = this.addWeight("gamma", channels, "float32", tf.initializers.ones());
    this.beta = this.addWeight("beta", channels, "float32", tf.initializers.zeros());
    this.movingMean = this.addWeight("movingMean", channels, "float32", tf.initializers.zeros(), undefined, false);
    this.movingVariance = this.addWeight(
      "movingVariance",
      channels,
      "float32",
      tf.initializers.ones(),
      undefined,
      false,
    );
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape | tf.Shape[] {
    return inputShape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training }: { training?: boolean }): tf.Tensor {
    const x = onlyInput<tf.Tensor4D>(inputs);
    const gamma = this.gamma.read() as tf.Tensor1D;
    const beta = this.beta.read() as tf.Tensor1D;
    const { epsilon } = this.options;
    return tf.tidy(() => {
      if (!training) {
        const mean = this.movingMean.read() as tf.Tensor1D;
        return tf.batchNorm4d(x, mean, this.movingVariance.read() as tf.Tensor1D, beta, gamma, epsilon);
      }
      const averages = { mean: this.movingMean.read(), variance: this.movingVariance.read() };
      const { y, mean, variance } = normalize(x, gamma, beta, averages, this.options);
      this.movingMean.write(mean);
      this.movingVariance.write(variance);
      return y;
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.options };
  }
}

interface Averages {
  /** [channels] */
  readonly mean: tf.Tensor;
  /** [channels]; of the sample */
  readonly variance: tf.Tensor;
}

/** y, and the averages after this batch. */
function normalize(
  x: tf.Tensor4D,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  averages: Averages,
  { epsilon, momentum }: BatchNormalizationOptions,
): Averages & { readonly y: tf.Tensor } {
  if (tf.getKernel(fusedKernel, tf.getBackend())) {
    const inputs = { x, gamma, beta, movingMean: averages.mean, movingVariance: averages.variance };
    const [y, mean, variance] = tf.engine().runKernel(fusedKernel, inputs, { epsilon, momentum }) as tf.Tensor[];
    return { y: y!, mean: mean!, variance: variance! };
  }
  const samples = x.size / x.shape[3];
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  const y = x.sub(mean).mul(variance.add(epsilon).rsqrt()).mul(gamma).add(beta);
  const follow = (average: tf.Tensor, value: tf.Tensor) => average.mul(momentum).add(value.mul(1 - momentum));
  const ofSample = variance.mul(samples / Math.max(1, samples - 1));
  return { y, mean: follow(averages.mean, mean), variance: follow(averages.variance, ofSample) };
}
