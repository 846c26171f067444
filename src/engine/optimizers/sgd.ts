/**
 * @file Stochastic gradient descent with momentum, as one fused TensorFlow operation per variable (ResourceApplyMomentum).
 *
 *   v <- momentum * v + g;   w <- w - learningRate * v                      Polyak 1964
 *                            w <- w - learningRate * (g + momentum * v)     Nesterov, as in Sutskever et al. 2013, section 2
 *
 * The rate multiplies the velocity, not the gradient in it, as in PyTorch: a schedule acts on the whole update at once.
 * Weight decay is added to the gradient (L2), as nnU-Net and most recipes for SGD have it; it is not decoupled.
 */
import * as tf from "@tensorflow/tfjs";
import { ATTR } from "../dataTypes.ts";
import { FusedOptimizer, type FusedUpdate } from "./fusedOptimizer.ts";
import { decayedBy, type WeightDecayOptions } from "./weightDecay.ts";

export interface SgdOptions extends Partial<WeightDecayOptions> {
  readonly learningRate: number;
  /** 0, the default, is plain gradient descent. */
  readonly momentum?: number;
  readonly nesterov?: boolean;
}

export class Sgd extends FusedOptimizer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraSgd";
  }

  private readonly options: Required<Omit<SgdOptions, "decayed">>;
  private readonly decayed: (variable: tf.Variable) => boolean;

  constructor({ learningRate, momentum = 0, nesterov = false, weightDecay = 0, decayed }: SgdOptions) {
    super("Sgd", { learningRate, weightDecay }, ["velocity"]);
    this.options = { learningRate, momentum, nesterov, weightDecay };
    this.decayed = decayedBy({ weightDecay, ...(decayed && { decayed }) });
  }

  setWeightDecay(weightDecay: number): void {
    this.setNumber("weightDecay", weightDecay, "setWeightDecay");
  }

  protected update(): FusedUpdate {
    const { momentum, nesterov } = this.options;
    const [rate, decay, kept] = [this.number("learningRate"), this.number("weightDecay"), tf.scalar(momentum)];
    const regularized = (variable: tf.Variable, gradient: tf.Tensor) =>
      this.decayed(variable) ? gradient.add(variable.mul(decay)) : gradient;
    return {
      operation: "ResourceApplyMomentum",
      attributes: [{ name: "use_nesterov", type: ATTR.bool, value: nesterov }],
      inputs: (variable, gradient) => [rate, regularized(variable, gradient), kept],
    };
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...this.options };
  }
}
