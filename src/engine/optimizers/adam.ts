/**
 * @file Adam as one fused TensorFlow operation per variable (ResourceApplyAdam).
 *
 * Source: Kingma & Ba 2015, arXiv:1412.6980, algorithm 1. TensorFlow's kernel has epsilon-hat (the paper's section 2, last
 * paragraph): it is given epsilon * sqrt(1 - beta2^t), which makes it equal to algorithm 1 and to tf.train.adam.
 */
import * as tf from "@tensorflow/tfjs";
import { FusedOptimizer, type FusedUpdate } from "./fusedOptimizer.ts";

export interface AdamOptions {
  readonly learningRate: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

export class Adam extends FusedOptimizer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraAdam";
  }

  private readonly options: Required<AdamOptions>;

  /** @param more for a variant of Adam: its name in messages, and further numbers that it saves */
  constructor(
    { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 }: AdamOptions,
    more: { readonly owner?: string; readonly numbers?: Readonly<Record<string, number>> } = {},
  ) {
    const numbers = { learningRate, beta1Power: beta1, beta2Power: beta2, ...more.numbers };
    super(more.owner ?? "Adam", numbers, ["firstMoment", "secondMoment"]);
    this.options = { learningRate, beta1, beta2, epsilon };
  }

  protected update(): FusedUpdate {
    const { beta1, beta2, epsilon } = this.options;
    const [beta1Power, beta2Power] = [this.number("beta1Power"), this.number("beta2Power")];
    const epsilonHat = tf.sub(1, beta2Power).sqrt().mul(epsilon);
    const numbers = [
      beta1Power,
      beta2Power,
      this.number("learningRate"),
      tf.scalar(beta1),
      tf.scalar(beta2),
      epsilonHat,
    ];
    return { operation: "ResourceApplyAdam", inputs: (_, gradient) => [...numbers, gradient] };
  }

  protected override advance(): void {
    for (const [name, beta] of [
      ["beta1Power", this.options.beta1],
      ["beta2Power", this.options.beta2],
    ] as const) {
      const power = this.number(name);
      power.assign(power.mul(beta));
    }
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...this.options };
  }
}
