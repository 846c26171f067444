import * as tf from "@tensorflow/tfjs";
import { initEngine } from "@tessera/engine/backend";
import { BatchNormalization } from "@tessera/models/layers/batchNormalization";
import { beforeAll, expect, it } from "vitest";

beforeAll(() => initEngine({ threads: 1 }));

const epsilon = 1e-3;
const x = () => tf.randomNormal([3, 4, 4, 2], 1.5, 2, "float32", 3) as tf.Tensor4D;
const upstream = () => tf.randomNormal([3, 4, 4, 2], 0, 1, "float32", 4);

interface Run {
  y: number[];
  gradients: number[][];
  weights: number[][];
  inference: number[];
}

/** Output, gradients of x, gamma and beta, weights after one training step, and the output with moving averages. */
function run(layer: tf.layers.Layer): Run {
  layer.apply(tf.zeros([1, 4, 4, 2])); // builds it
  const [gamma, beta] = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
  gamma!.assign(tf.tensor1d([2, 0.5]) as unknown as tf.Variable);
  beta!.assign(tf.tensor1d([1, -1]) as unknown as tf.Variable);
  const cost = (input: tf.Tensor, training: boolean) => layer.apply(input, { training }) as tf.Tensor;
  const byInput = tf.grad((input) => cost(input, true).mul(upstream()).sum())(x());
  const { grads } = tf.variableGrads(() => cost(x(), true).mul(upstream()).sum() as tf.Scalar, [gamma!, beta!]);
  const y = cost(x(), true);
  const list = (tensor: tf.Tensor) => [...tensor.dataSync()];
  return {
    y: list(y),
    gradients: [byInput, ...Object.values(grads)].map(list),
    weights: layer.getWeights().map(list),
    inference: list(cost(x(), false)),
  };
}

const closeTo = (got: number[], expected: number[]) => {
  expect(got).toHaveLength(expected.length);
  got.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 3);
  });
};

it("equals TensorFlow.js' layer in value, gradients and averages, the fused kernel and the plain one", () => {
  const momentum = 0.9;
  const expected = run(tf.layers.batchNormalization({ momentum, epsilon }));
  const kernel = tf.getKernel("BatchNormalizationTraining", "tensorflow");
  const fused = run(new BatchNormalization({ name: "fused", momentum, epsilon }));
  tf.unregisterKernel("BatchNormalizationTraining", "tensorflow");
  const plain = run(new BatchNormalization({ name: "plain", momentum, epsilon }));
  tf.registerKernel(kernel);

  for (const got of [fused, plain]) {
    closeTo(got.y, expected.y);
    got.gradients.forEach((gradient, i) => {
      closeTo(gradient, expected.gradients[i]!);
    });
    const [gamma, beta, mean, variance] = got.weights;
    closeTo([gamma!, beta!, mean!].flat(), expected.weights.slice(0, 3).flat());
    // Ours follows the variance of the sample: n / (n - 1) of theirs, n = 48, in the part that is not the initial 1.
    const initial = momentum ** 3;
    closeTo(
      variance!,
      expected.weights[3]!.map((value) => initial + ((value - initial) * 48) / 47),
    );
  }
  closeTo(fused.inference, plain.inference);
});
