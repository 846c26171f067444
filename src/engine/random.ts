/**
 * @file Random numbers inside a compiled step: drawn by TensorFlow, new at every call, decided by a seed.
 *
 * The counter is a variable, so it advances in the graph and is saved with a checkpoint. Numbers are those of TensorFlow's
 * stateless generators (Philox); they depend on seed and counter, never on timing or threads.
 */
import * as tf from "@tensorflow/tfjs";
import { nodeBackend } from "./backend.ts";
import { ATTR, FLOAT, INT32 } from "./dataTypes.ts";

export class GraphRandom {
  /** [seed, draws so far] */
  private readonly key: tf.Variable;

  constructor(seed: number) {
    this.key = tf.tidy(() => tf.variable(tf.tensor1d([seed, 0], "int32"), false));
  }

  /** float32 in [0, 1). */
  uniform(shape: readonly number[]): tf.Tensor {
    return this.draw("StatelessRandomUniform", shape);
  }

  /** float32, mean 0, standard deviation 1. */
  normal(shape: readonly number[]): tf.Tensor {
    return this.draw("StatelessRandomNormal", shape);
  }

  /** `x` with a share `rate` of its values set to 0, and the rest scaled so that the expectation stays. */
  dropout(x: tf.Tensor, rate: number): tf.Tensor {
    return tf.tidy(() => x.mul(this.uniform(x.shape).greaterEqual(rate).toFloat()).div(1 - rate));
  }

  private draw(operation: string, shape: readonly number[]): tf.Tensor {
    const attributes = [
      { name: "dtype", type: ATTR.type, value: FLOAT },
      { name: "T", type: ATTR.type, value: INT32 },
      { name: "Tseed", type: ATTR.type, value: INT32 },
    ];
    return tf.tidy(() => {
      const drawn = nodeBackend().executeSingleOutput(operation, attributes, [
        tf.tensor1d([...shape], "int32"),
        this.key,
      ]);
      this.key.assign(this.key.add(tf.tensor1d([0, 1], "int32")));
      return drawn;
    });
  }

  /** [seed, draws so far], for a checkpoint. */
  state(): Int32Array {
    return this.key.dataSync<"int32">().slice();
  }

  loadState(state: Int32Array): void {
    tf.tidy(() => this.key.assign(tf.tensor1d(state, "int32")));
  }

  dispose(): void {
    this.key.dispose();
  }
}
