import * as tf from "@tensorflow/tfjs";
import { initEngine } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import { GraphRandom } from "@tessera/engine/random";
import { beforeAll, expect, it } from "vitest";

beforeAll(() => initEngine({ threads: 1 }));

const list = (tensor: tf.Tensor) => [...tensor.dataSync()];

it("draws new numbers at every call of a compiled step, the same as eager ones of the same seed", () => {
  const draws = (seed: number, compiled: boolean) => {
    const random = new GraphRandom(seed);
    const draw = () => random.normal([4]);
    const step = compiled ? compile(draw) : draw;
    return [1, 2, 3, 4].map(() => list(step()));
  };
  const first = draws(7, true);
  expect(new Set(first.flat()).size).toBe(16);
  expect(draws(7, false)).toEqual(first);
  expect(draws(8, true)).not.toEqual(first);
});

it("continues from a saved state", () => {
  const random = new GraphRandom(3);
  random.uniform([5]);
  const state = random.state();
  const next = list(random.uniform([5]));
  const other = new GraphRandom(0);
  other.loadState(state);
  expect(list(other.uniform([5]))).toEqual(next);
});

it("drops the share that was asked for, keeps the expectation, and has the mask as gradient", () => {
  const random = new GraphRandom(1);
  const x = tf.ones([10_000]);
  const step = compile((value: tf.Tensor) => {
    const { value: kept, grad } = tf.valueAndGrad((v: tf.Tensor) => random.dropout(v, 0.25))(value);
    return [kept, grad];
  });
  for (let call = 0; call < 3; call++) {
    const [kept, gradient] = step(x).map(list);
    const dropped = kept!.filter((value) => value === 0).length;
    expect(Math.abs(dropped - 2500)).toBeLessThan(200); // over four standard deviations
    expect(new Set(kept)).toEqual(new Set([0, Math.fround(1 / 0.75)]));
    expect(gradient).toEqual(kept);
  }
});
