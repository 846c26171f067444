import * as tf from "@tensorflow/tfjs";
import { type AttentionMilModel, attentionMilDefaults } from "@tessera/domain/configuration/mil";
import { initEngine } from "@tessera/engine/backend";
import { GraphRandom } from "@tessera/engine/random";
import { attentionMil } from "@tessera/models/mil/attention";
import { readWeights } from "@tessera/models/weights/named";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => initEngine({ threads: 1 }));

const small: AttentionMilModel = { ...attentionMilDefaults, features: 8, classes: 2, encoder: [6], hidden: 4 };
const tiles = (bags = 2, count = 5, seed = 7) => tf.randomNormal([bags, count, 8], 0, 1, "float32", seed);
const apply = (model: tf.LayersModel, x: tf.Tensor, mask: tf.Tensor, training = false) =>
  model.apply([x, mask], { training }) as [tf.Tensor, tf.Tensor];
const numbers = (tensor: tf.Tensor): number[] => [...tensor.dataSync()];

function expectClose(got: number[], expected: number[]): void {
  expect(got).toHaveLength(expected.length);
  for (const [i, value] of got.entries()) expect(value).toBeCloseTo(expected[i]!, 6);
}

describe("attentionMil", () => {
  it("gives logits and an attention that sums to 1, for bags of any length", () => {
    const model = attentionMil(small, 1);
    for (const count of [1, 5, 300]) {
      const [logits, attention] = apply(model, tiles(2, count), tf.ones([2, count]));
      expect([logits.shape, attention.shape]).toEqual([
        [2, 2],
        [2, count],
      ]);
      for (const sum of numbers(attention.sum(1))) expect(sum).toBeCloseTo(1, 6);
    }
  });

  it("gives padding an attention of exactly 0, whatever its features are", () => {
    const model = attentionMil(small, 1);
    const mask = tf.tensor2d([
      [1, 1, 1, 0, 0],
      [0, 1, 0, 1, 1],
    ]);
    const noise = tf.sub(1, mask).expandDims(2).mul(1e6);
    const [logits, attention] = apply(model, tiles().add(noise), mask);
    const [expected] = apply(model, tiles(), mask);
    expect(numbers(attention).map((a) => a === 0)).toEqual(numbers(mask).map((present) => present === 0));
    expect(numbers(logits)).toEqual(numbers(expected));
  });

  it("does not mind the order of the tiles", () => {
    const model = attentionMil(small, 1);
    const [logits, attention] = apply(model, tiles(), tf.ones([2, 5]));
    const [reversedLogits, reversedAttention] = apply(model, tiles().reverse(1), tf.ones([2, 5]));
    expectClose(numbers(reversedLogits), numbers(logits));
    expectClose(numbers(reversedAttention.reverse(1)), numbers(attention));
  });

  it("has the widths and parts that it is asked for", () => {
    const names = (change: Partial<AttentionMilModel>) =>
      [...readWeights(attentionMil({ ...small, ...change }, 1))].map(([name, { shape }]) => `${name} ${shape}`);
    expect(names({})).toEqual([
      "encoder/kernel 8,6",
      "encoder/bias 6",
      "attention/v/kernel 6,4",
      "attention/v/bias 4",
      "attention/u/kernel 6,4",
      "attention/u/bias 4",
      "attention/w/kernel 4,1",
      "head/kernel 6,2",
      "head/bias 2",
    ]);
    expect(names({ encoder: [], attention: "plain" })).toEqual([
      "attention/v/kernel 8,4",
      "attention/v/bias 4",
      "attention/w/kernel 4,1",
      "head/kernel 8,2",
      "head/bias 2",
    ]);
  });

  it("is the same for the same seed, and another for another seed", () => {
    const [a, b, c] = [5, 5, 6].map((seed) => readWeights(attentionMil(small, seed)));
    expect(b).toEqual(a);
    for (const [name, { data }] of a!) {
      if (name.endsWith("kernel")) expect(c!.get(name)!.data, name).not.toEqual(data);
    }
  });

  it("drops features in training only, new ones at every call, the same for the same seed", () => {
    const logits = (seed: number) => {
      const model = attentionMil({ ...small, dropout: 0.5 }, 1, new GraphRandom(seed));
      const call = (training: boolean) => numbers(apply(model, tiles(), tf.ones([2, 5]), training)[0]);
      return [call(true), call(true), call(false), call(false)];
    };
    const [first, second, scored, again] = logits(3);
    expect(second).not.toEqual(first);
    expect(again).toEqual(scored);
    expect(logits(3)).toEqual([first, second, scored, again]);
    expect(logits(4)[0]).not.toEqual(first);
    expect(scored).toEqual(numbers(apply(attentionMil(small, 1), tiles(), tf.ones([2, 5]))[0]));
  });

  it.each<[string, Partial<AttentionMilModel>]>([
    ["for classes, got 0", { classes: 0 }],
    ["for hidden, got 1.5", { hidden: 1.5 }],
    ["for encoder, got 0", { encoder: [0] }],
    ["dropout from 0 to below 1, got 1", { dropout: 1 }],
    ["needs a source of random numbers", { dropout: 0.5 }],
  ])("refuses %s", (words, change) => {
    expect(() => attentionMil({ ...small, ...change }, 1)).toThrow(words);
  });

  it("refuses empty bags and a mask of another shape", () => {
    const model = attentionMil(small, 1);
    expect(() => apply(model, tf.zeros([2, 0, 8]), tf.zeros([2, 0]))).toThrow("at least one tile");
    expect(() => apply(model, tiles(), tf.ones([2, 4]))).toThrow("tiles [2,5,6] and mask [2,4]");
  });
});
