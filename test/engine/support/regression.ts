/** @file A small regression, made from seeds alone: dense, batch normalisation, dense. */
import * as tf from "@tensorflow/tfjs";
import { compile } from "@tessera/engine/graph/compile";

export const inputs = (): [tf.Tensor2D, tf.Tensor2D] => {
  const x = tf.randomNormal([16, 4], 0, 1, "float32", 5) as tf.Tensor2D;
  return [x, tf.tidy(() => x.sum(1, true).square() as tf.Tensor2D)];
};

export function network(): tf.Sequential {
  const kernelInitializer = (seed: number) => tf.initializers.glorotUniform({ seed });
  return tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [4], units: 8, activation: "relu", kernelInitializer: kernelInitializer(3) }),
      tf.layers.batchNormalization(),
      tf.layers.dense({ units: 1, kernelInitializer: kernelInitializer(4) }),
    ],
  });
}

export const trainables = (model: tf.LayersModel): tf.Variable[] =>
  model.trainableWeights.map((weight) => weight.read() as tf.Variable);

export type Step = (x: tf.Tensor, y: tf.Tensor) => tf.Scalar;

/** Mean squared error, one step of `optimizer`. */
export function trainingStep(model: tf.LayersModel, optimizer: tf.Optimizer): Step {
  const variables = trainables(model);
  const cost = (x: tf.Tensor, y: tf.Tensor) =>
    (model.apply(x, { training: true }) as tf.Tensor).sub(y).square().mean() as tf.Scalar;
  return (x, y) => tf.tidy(() => optimizer.minimize(() => cost(x, y), true, variables)!);
}

export function losses(step: Step, count: number, [x, y] = inputs()): number[] {
  return Array.from({ length: count }, () => {
    const loss = step(x, y);
    const value = loss.dataSync()[0]!;
    loss.dispose();
    return value;
  });
}

/** Twenty losses, and all weights after them (moving averages too). */
export function train(optimizer: tf.Optimizer, compiled: boolean): { losses: number[]; weights: number[] } {
  const model = network();
  const step = trainingStep(model, optimizer);
  const values = losses(compiled ? compile(step) : step, 20);
  return { losses: values, weights: model.getWeights().flatMap((weight) => [...weight.dataSync()]) };
}

/** Largest relative difference; absolute below 1e-2, where one relative to rounding noise would say nothing. */
export const largestDifference = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]!) / Math.max(1e-2, Math.abs(value))));

/** What `body` throws. */
export function thrown(body: () => unknown): unknown {
  try {
    body();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
