/**
 * @file Adam with decoupled weight decay.
 *
 * Source: Loshchilov & Hutter 2019, arXiv:1711.05101, algorithm 2, with the decay multiplied by the learning rate itself, as in
 * PyTorch: w <- w * (1 - learningRate * weightDecay), then Adam's update, whose moments see the gradient alone. The paper
 * multiplies by the schedule's share alone; its decay is ours times the base rate.
 */
import * as tf from "@tensorflow/tfjs";
import { Adam, type AdamOptions } from "./adam.ts";
import type { FusedUpdate } from "./fusedOptimizer.ts";
import { decayedBy, type WeightDecayOptions } from "./weightDecay.ts";

export class AdamW extends Adam {
  /** @nocollapse */
  static override get className(): string {
    return "TesseraAdamW";
  }

  private readonly decayed: (variable: tf.Variable) => boolean;

  constructor(options: AdamOptions & WeightDecayOptions) {
    super(options, { owner: "AdamW", numbers: { weightDecay: options.weightDecay } });
    this.decayed = decayedBy(options);
  }

  setWeightDecay(weightDecay: number): void {
    this.setNumber("weightDecay", weightDecay, "setWeightDecay");
  }

  protected override update(): FusedUpdate {
    const kept = tf.sub(1, this.number("learningRate").mul(this.number("weightDecay")));
    return { ...super.update(), weights: (variable) => (this.decayed(variable) ? variable.mul(kept) : variable) };
  }
}
