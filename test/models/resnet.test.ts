import * as tf from "@tensorflow/tfjs";
import { type Classifier, type ResNetModel, resnet18 } from "@tessera/domain/configuration/classifier";
import { initEngine } from "@tessera/engine/backend";
import { resnet } from "@tessera/models/classification/resnet";
import { readWeights } from "@tessera/models/weights/named";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => initEngine({ threads: 1 }));

const small: Classifier<ResNetModel> = {
  family: "resnet",
  size: 32,
  classes: 3,
  baseFilters: 4,
  blocks: [1, 2],
  stem: "7x7",
};
const batch = () => tf.randomNormal([2, 32, 32, 3], 0, 1, "float32", 7);

describe("resnet", () => {
  it("gives one logit per class, for sides that do not divide too", () => {
    for (const size of [32, 33, 50]) {
      const logits = resnet({ ...small, size }, 1).predict(tf.zeros([2, size, size, 3]));
      expect(logits).toMatchObject({ shape: [2, 3], dtype: "float32" });
    }
  });

  it("has ResNet-18's parameters", () => {
    const model = resnet({ ...resnet18, classes: 2 }, 1);
    const conv = (side: number, from: number, to: number) => side * side * from * to + 2 * to; // with its normalisation
    const stage = (from: number, to: number) =>
      conv(3, from, to) + 3 * conv(3, to, to) + (from === to ? 0 : conv(1, from, to));
    const stages = stage(64, 64) + stage(64, 128) + stage(128, 256) + stage(256, 512);
    const trained = model.trainableWeights.reduce(
      (sum, weight) => sum + tf.util.sizeFromShape(weight.shape as number[]),
      0,
    );
    expect(trained).toBe(conv(7, 3, 64) + stages + 512 * 2 + 2);
    expect(trained - (512 * 2 + 2)).toBe(11_176_512); // of the published network without its head
    model.dispose();
  });

  it("keeps the side in a 3 x 3 stem, and has the same layers", () => {
    const [deep, shallow] = [resnet(small, 1), resnet({ ...small, stem: "3x3" }, 1)];
    const side = (model: tf.LayersModel, name: string) => model.getLayer(`${name}/relu`).outputShape[1];
    expect([side(deep, "stage1/block0"), side(deep, "stage2/block1")]).toEqual([8, 4]);
    expect([side(shallow, "stage1/block0"), side(shallow, "stage2/block1")]).toEqual([32, 16]);
    const shapes = (model: tf.LayersModel) => [...readWeights(model)].map(([name, { shape }]) => `${name} ${shape}`);
    const others = (model: tf.LayersModel) => shapes(model).filter((each) => !each.startsWith("stem/conv/kernel"));
    expect(others(shallow)).toEqual(others(deep));
    expect(shapes(shallow)).toContain("stem/conv/kernel 3,3,3,4");
  });

  it("names every layer by its place", () => {
    const kernels = [...readWeights(resnet(small, 1)).keys()].filter((name) => name.endsWith("kernel"));
    expect(kernels.map((name) => name.replace("/kernel", "")).sort()).toEqual([
      "head",
      "stage1/block0/conv1",
      "stage1/block0/conv2",
      "stage2/block0/conv1",
      "stage2/block0/conv2",
      "stage2/block0/shortcut",
      "stage2/block1/conv1",
      "stage2/block1/conv2",
      "stem/conv",
    ]);
  });

  it("is the same for the same seed, and in every kernel another for another seed", () => {
    const [a, b, c] = [5, 5, 6].map((seed) => readWeights(resnet(small, seed)));
    expect(b).toEqual(a);
    const kernels = [...a!].filter(([name]) => name.endsWith("kernel"));
    for (const [name, { data }] of kernels) expect(c!.get(name)!.data, name).not.toEqual(data);
    const standardised = kernels.map(([, { data, shape }]) => (data[0]! * Math.sqrt(fanIn(shape))).toFixed(4));
    expect(new Set(standardised).size).toBe(kernels.length); // no two layers draw the same numbers
  });

  it("draws convolutions with variance 2 / fan in, the head with 1 / fan in", () => {
    for (const [name, { data, shape }] of readWeights(resnet({ ...small, classes: 200, baseFilters: 16 }, 3))) {
      if (!name.endsWith("kernel")) continue;
      const share = variance(data) * fanIn(shape) * (name === "head/kernel" ? 1 : 0.5);
      expect(share, name).toBeGreaterThan(0.8);
      expect(share, name).toBeLessThan(1.2);
    }
  });

  it("scores an item alone as in a batch, by the moving averages", () => {
    const model = resnet(small, 1);
    const x = batch();
    const together = [...(model.predict(x) as tf.Tensor).dataSync()];
    const alone = tf.split(x, 2).flatMap((item) => [...(model.predict(item) as tf.Tensor).dataSync()]);
    for (const [i, value] of alone.entries()) expect(value).toBeCloseTo(together[i]!, 5);
  });

  it.each([
    { change: { blocks: [] }, got: "no stage" },
    { change: { blocks: [2, 0] }, got: "0 for 1" },
    { change: { classes: 0 }, got: "0 for classes" },
    { change: { baseFilters: 1.5 }, got: "1.5 for baseFilters" },
  ])("refuses $change", ({ change, got }) => {
    expect(() => resnet({ ...small, ...change }, 1)).toThrow(got);
  });
});

const fanIn = (shape: readonly number[]): number => tf.util.sizeFromShape(shape.slice(0, -1));

function variance(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}
