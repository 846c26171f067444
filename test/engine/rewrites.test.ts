/** @file Random small networks: the record of their gradients computes what the operations compute one by one. */
import * as tf from "@tensorflow/tfjs";
import { initEngine } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";

beforeAll(() => initEngine({ threads: 1 }));

const layer = fc.record({
  filters: fc.integer({ min: 1, max: 4 }),
  side: fc.constantFrom(1, 3),
  strides: fc.constantFrom(1, 2),
  padding: fc.constantFrom<"same" | number>("same", 1),
  bias: fc.constantFrom("none", "channels", "reshaped", "twice"),
  relu: fc.boolean(),
  joined: fc.boolean(), // with its own input's square first
  kept: fc.boolean(), // a result of the step, too
});
type Layer = typeof layer extends fc.Arbitrary<infer T> ? T : never;

const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 0.5, "float32", seed);

function weightsOf(layers: readonly Layer[], classes: number): tf.Tensor[] {
  let channels = 2;
  const convolutions = layers.flatMap(({ filters, side, joined }, i) => {
    const kernel = normal([side, side, joined ? 2 * channels : channels, filters], 3 * i + 1);
    channels = filters;
    return [kernel, normal([filters], 3 * i + 2)];
  });
  return [...convolutions, normal([channels, classes], 100)];
}

function biased(x: tf.Tensor, bias: tf.Tensor, kind: string): tf.Tensor {
  if (kind === "none") return x.mul(bias.sum());
  if (kind === "reshaped") return x.add(bias.reshape([1, 1, 1, -1]));
  return kind === "twice" ? x.add(bias).add(bias) : x.add(bias);
}

/** Scalar, and what is kept of the layers between. */
function network(layers: readonly Layer[], transpose: boolean, x: tf.Tensor, weights: readonly tf.Tensor[]) {
  const kept: tf.Tensor[] = [];
  let y = x as tf.Tensor4D;
  layers.forEach(({ strides, padding, bias, relu, joined, kept: keep }, i) => {
    const input = joined ? (tf.concat([y, y.square()], 3) as tf.Tensor4D) : y;
    const kernel = weights[2 * i] as tf.Tensor4D;
    const linear = biased(tf.conv2d(input, kernel, strides, padding), weights[2 * i + 1]!, bias);
    if (keep) kept.push(linear);
    y = (relu ? linear.relu() : linear.tanh()) as tf.Tensor4D;
  });
  const pooled = y.mean<tf.Tensor2D>([1, 2]); //                     [b, channels]
  const head = weights.at(-1) as tf.Tensor2D;
  const logits = transpose ? tf.matMul(head, pooled, true, true) : tf.matMul(pooled, head);
  return {
    value: logits
      .add(y.sum([0, 1, 2]).mean())
      .square()
      .mean() as tf.Scalar,
    kept,
  };
}

it("computes the same values and gradients after all rewrites", () => {
  const networks = fc.record({
    layers: fc.array(layer, { minLength: 1, maxLength: 3 }),
    batch: fc.integer({ min: 1, max: 2 }),
    height: fc.integer({ min: 3, max: 9 }),
    classes: fc.integer({ min: 1, max: 3 }),
    transpose: fc.boolean(),
  });
  fc.assert(
    fc.property(networks, ({ layers, batch, height, classes, transpose }) => {
      tf.tidy(() => {
        const inputs = [normal([batch, height, 6, 2], 0), ...weightsOf(layers, classes)];
        const body = (...all: tf.Tensor[]) => {
          const of = (each: tf.Tensor[]) => network(layers, transpose, each[0]!, each.slice(1));
          const { value, grads } = tf.valueAndGrads((...each: tf.Tensor[]) => of(each).value)(all);
          return [value, ...grads, ...of(all).kept];
        };
        const step = compile(body);
        step(...inputs);
        const compiled = step(...inputs);
        step.dispose();
        for (const [i, eager] of body(...inputs).entries()) {
          expect(compiled[i]!.shape).toEqual(eager.shape);
          const scale = 1 + eager.abs().max().dataSync()[0]!;
          expect(eager.sub(compiled[i]!).abs().max().dataSync()[0]! / scale).toBeLessThan(1e-5);
        }
      });
    }),
    { numRuns: 60, seed: 4 },
  );
});
