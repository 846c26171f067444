import * as tf from "@tensorflow/tfjs";
import type { MilModel } from "@tessera/domain/configuration/mil";
import { initEngine } from "@tessera/engine/backend";
import { GraphRandom } from "@tessera/engine/random";
import { BagPooling } from "@tessera/models/layers/bagPooling";
import { milModel } from "@tessera/models/mil/milModel";
import { readWeights, weightVariables } from "@tessera/models/weights/named";
import { beforeAll, describe, expect, it } from "vitest";
import { expectAsTorch, readFixture, type Subject, type TorchCase } from "./support/torchCase.ts";

beforeAll(() => initEngine({ threads: 1 }));

const torch = readFixture<Readonly<Record<string, TorchCase>>>("mil.json");
const sizes = { features: 6, classes: 3, encoder: [5], dropout: 0 } as const;
const models: Readonly<Record<string, MilModel & { readonly exclusive: boolean }>> = {
  "embedding, max": { family: "embeddingMil", ...sizes, pooling: "max", exclusive: true },
  "embedding, mean": { family: "embeddingMil", ...sizes, pooling: "mean", exclusive: true },
  "embedding, topK": { family: "embeddingMil", ...sizes, pooling: "topK", k: 2, exclusive: true },
  "instance, max": { family: "instanceMil", ...sizes, pooling: "max", exclusive: true },
  "instance, topK": { family: "instanceMil", ...sizes, pooling: "topK", k: 2, exclusive: true },
  "instance, mean": { family: "instanceMil", ...sizes, pooling: "mean", exclusive: true },
  "instance, mean, not exclusive": { family: "instanceMil", ...sizes, pooling: "mean", exclusive: false },
  "dual stream": { family: "dualStreamMil", ...sizes, hidden: 4, exclusive: true },
  "tile label": { family: "tileLabelMil", ...sizes, exclusive: true },
  "transformer, exact": {
    family: "transformerMil",
    ...sizes,
    encoder: [6],
    heads: 2,
    landmarks: null,
    exclusive: true,
  },
  "transformer, 3 landmarks": {
    ...{ family: "transformerMil", ...sizes, encoder: [6], heads: 2, landmarks: 3, exclusive: true },
  },
};

/** What is said of tiles, tiles first, and 0 at padding as in the fixture. */
function subject(model: MilModel & { readonly exclusive: boolean }): Subject {
  const built = milModel(model, 1);
  return {
    variables: weightVariables(built),
    ...(model.family === "transformerMil" && { tolerance: 4e-5 }), // the pseudoinverse widens what float32 rounds off
    forward: ({ tiles, mask }) => {
      const [logits, told, ...streams] = built.apply([tiles!, mask!], { training: true }) as tf.Tensor[];
      const tilesFirst = model.family === "dualStreamMil" ? told!.transpose([0, 2, 1]) : told!;
      return [logits!, tilesFirst.mul(mask!.expandDims(2)), ...streams];
    },
  };
}

describe("models of bags give the outputs and gradients of PyTorch in float64", () => {
  it("for every case of the fixture", () => {
    expect(Object.keys(models).sort()).toEqual(Object.keys(torch).sort());
  });

  for (const name of Object.keys(torch)) {
    it.each([
      { how: "eager", compiled: false },
      { how: "compiled", compiled: true },
    ])(`${name}, $how`, ({ compiled }) => expectAsTorch(torch[name]!, subject(models[name]!), compiled));
  }
});

describe.each(Object.entries(models))("%s", (_, model) => {
  const apply = (tiles: tf.Tensor, mask: tf.Tensor, seed = 1) =>
    milModel(model, seed).apply([tiles, mask]) as tf.Tensor[];
  const tiles = () => tf.randomNormal([2, 5, 6], 0, 1, "float32", 7);
  const mask = () =>
    tf.tensor2d([
      [1, 1, 1, 0, 0],
      [0, 1, 0, 1, 1],
    ]);

  it("does not see padding, whatever stands there", () => {
    const noise = tf.sub(1, mask()).expandDims(2).mul(1e6);
    const expected = apply(tiles(), mask())[0]!.dataSync();
    for (const [i, value] of apply(tiles().add(noise), mask())[0]!.dataSync().entries())
      expect(value).toBeCloseTo(expected[i]!, 5);
  });

  it("says of a bag of one tile what it says of it beside padding", () => {
    const only = tiles().slice([0, 0, 0], [2, 1, 6]);
    const padded = apply(only.pad([[0, 0], [0, 4], [0, 0]]), tf.tensor2d([[1, 0, 0, 0, 0], [1, 0, 0, 0, 0]]))[0]!.dataSync(); // biome-ignore format: a bag a line
    for (const [i, value] of apply(only, tf.ones([2, 1]))[0]!
      .dataSync()
      .entries())
      expect(value).toBeCloseTo(padded[i]!, 5);
  });

  it("is the same for the same seed, and another for another seed", () => {
    const [a, b, c] = [5, 5, 6].map((seed) => readWeights(milModel(model, seed)));
    expect(b).toEqual(a);
    for (const [name, { data }] of a!) if (name.endsWith("kernel")) expect(c!.get(name)!.data, name).not.toEqual(data);
  });

  it("drops features in training only, where it is asked to", () => {
    const dropping = milModel({ ...model, dropout: 0.5 }, 1, new GraphRandom(3));
    const logits = (training: boolean) => [
      ...(dropping.apply([tiles(), tf.ones([2, 5])], { training }) as tf.Tensor[])[0]!.dataSync(),
    ];
    expect(logits(true)).not.toEqual(logits(true));
    expect(logits(false)).toEqual([...apply(tiles(), tf.ones([2, 5]))[0]!.dataSync()]);
    expect(() => milModel({ ...model, dropout: 0.5 }, 1)).toThrow("needs a source of random numbers");
  });

  it("refuses numbers out of range", () => {
    expect(() => milModel({ ...model, classes: 0 }, 1)).toThrow("for classes, got 0");
    expect(() => milModel({ ...model, dropout: 1 }, 1)).toThrow("dropout from 0 to below 1, got 1");
  });
});

it("takes all tiles of a bag that has fewer than k, and refuses a k that is no number of tiles", () => {
  const layer = new BagPooling({ name: "pool", pooling: "topK", k: 10 });
  const values = tf.tensor3d([[[1], [2], [6]]]);
  expect([...(layer.apply([values, tf.ones([1, 3])]) as tf.Tensor).dataSync()]).toEqual([3]);
  const one = new BagPooling({ name: "one", pooling: "topK", k: 1 });
  expect([...(one.apply([values, tf.ones([1, 3])]) as tf.Tensor).dataSync()]).toEqual([6]);
  expect(() => new BagPooling({ name: "pool", pooling: "topK", k: 0 })).toThrow("a whole k of at least 1, got 0");
});
