/**
 * @file The exponential moving average of weights (EMA), kept in the graph.
 *
 *   d(t) = min(decay, (1 + t) / (10 + t)),   average <- average + (1 - d(t)) * (weight - average),   t = updates before this one
 *
 * Source: Polyak & Juditsky 1992 for the idea; the warm-up d(t) is that of TensorFlow's ExponentialMovingAverage, without which
 * the starting weights would stay in the average for 1 / (1 - decay) updates.
 */
import * as tf from "@tensorflow/tfjs";
import { EngineError } from "../errors.ts";
import { readState, type SavedTensor, type StateLayout, savedNumbers } from "./savedState.ts";
import { refuseWhileRunning } from "./slots.ts";

/** A variable and the one that keeps its average, of the same shape. */
export interface AveragedPair {
  readonly of: tf.Variable;
  readonly average: tf.Variable;
}

const layout: StateLayout = { owner: "MovingAverage", numbers: ["updates"], slots: [] };

/** The averages are the caller's variables (a second model's weights, say): they are saved, set and freed by the caller. */
export class MovingAverage {
  private readonly pairs: readonly AveragedPair[];
  private readonly decay: number;
  private readonly updates: tf.Variable;

  /** @param decay from 0 (the weights themselves) to below 1 */
  constructor(pairs: readonly AveragedPair[], decay: number) {
    if (!(decay >= 0 && decay < 1)) {
      throw new EngineError("BAD_ARGUMENT", `MovingAverage: the decay is from 0 to below 1, got ${decay}`, { decay });
    }
    this.pairs = pairs;
    this.decay = decay;
    this.updates = tf.tidy(() => tf.variable(tf.scalar(0), false));
  }

  /** After an update of the weights, in the same compiled step. */
  update(): void {
    tf.tidy(() => {
      const stays = tf.minimum(this.decay, this.updates.add(1).div(this.updates.add(10)));
      const goes = tf.sub(1, stays);
      for (const { of, average } of this.pairs) average.assign(average.add(of.sub(average).mul(goes)));
      this.updates.assign(this.updates.add(1));
    });
  }

  /** The averages begin at what the weights are now. */
  restart(): void {
    refuseWhileRunning(layout.owner, "restart");
    tf.tidy(() => {
      for (const { of, average } of this.pairs) average.assign(of.clone());
      this.updates.assign(tf.scalar(0));
    });
  }

  /** Without the averages. */
  state(): SavedTensor[] {
    refuseWhileRunning(layout.owner, "state");
    return savedNumbers({ updates: this.updates.dataSync()[0]! });
  }

  /** Whether `state` can be loaded; changes nothing. @throws EngineError BAD_STATE */
  checkState(state: readonly SavedTensor[]): ReturnType<typeof readState> {
    return readState(layout, state, []);
  }

  /** @throws EngineError BAD_STATE */
  loadState(state: readonly SavedTensor[]): void {
    refuseWhileRunning(layout.owner, "loadState");
    const { numbers } = this.checkState(state);
    tf.tidy(() => this.updates.assign(tf.scalar(numbers.updates!)));
  }

  dispose(): void {
    this.updates.dispose();
  }
}
