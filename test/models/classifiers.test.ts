import * as tf from "@tensorflow/tfjs";
import { Check } from "@tessera/domain/configuration/check";
import { type CbrNet, cbrNets, checkCbr, checkMobileNet } from "@tessera/domain/configuration/classificationModels";
import { initEngine } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import { cbr } from "@tessera/models/classification/cbr";
import { mobilenet } from "@tessera/models/classification/mobilenet";
import { softmaxCrossEntropyLoss } from "@tessera/models/losses/softmaxCrossEntropy";
import { readWeights, trainableVariables } from "@tessera/models/weights/named";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => initEngine({ threads: 1 }));

const parameters = (model: tf.LayersModel): number =>
  model.trainableWeights.reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape as number[]), 0);

const v1 = (size: number, alpha: number, classes = 3) => mobilenet({ family: "mobilenetV1", size, alpha, classes }, 1);
const v2 = (size: number, alpha: number, classes = 3) => mobilenet({ family: "mobilenetV2", size, alpha, classes }, 1);
const builders: Readonly<Record<string, (size: number, seed: number) => tf.LayersModel>> = {
  cbr: (size, seed) => cbr({ family: "cbr", size, net: "tiny", classes: 3 }, seed),
  mobilenetV1: (size, seed) => mobilenet({ family: "mobilenetV1", size, alpha: 0.25, classes: 3 }, seed),
  mobilenetV2: (size, seed) => mobilenet({ family: "mobilenetV2", size, alpha: 0.35, classes: 3 }, seed),
};

describe("parameters", () => {
  it.each([
    { net: "tiny", millions: 1.08 },
    { net: "small", millions: 2.11 },
    { net: "largeW", millions: 8.43 },
    { net: "largeT", millions: 8.53 },
  ])("of CBR $net are the paper's $millions M within 1 in 500", ({ net, millions }) => {
    const model = cbr({ family: "cbr", size: 64, net: net as CbrNet, classes: 5 }, 1);
    expect(Math.abs(parameters(model) / 1e6 / millions - 1)).toBeLessThan(0.005);
    model.dispose();
  });

  it("of the MobileNets are those of the published nets", () => {
    expect(parameters(v1(128, 1, 1000))).toBe(4_231_976);
    expect(parameters(v1(128, 0.25, 1000))).toBe(470_072);
    expect(parameters(v2(96, 1, 1000))).toBe(3_504_872);
  });
});

describe.each(Object.entries(builders))("%s", (family, build) => {
  it("gives one logit per class, for sides that do not divide too", () => {
    for (const size of [32, 45]) {
      const logits = build(size, 1).predict(tf.zeros([2, size, size, 3]));
      expect(logits).toMatchObject({ shape: [2, 3], dtype: "float32" });
    }
  });

  it("is the same for the same seed, and in every kernel another for another seed", () => {
    const [a, b, c] = [5, 5, 6].map((seed) => readWeights(build(32, seed)));
    expect(b).toEqual(a);
    const kernels = [...a!].filter(([name]) => name.endsWith("kernel"));
    for (const [name, { data }] of kernels) expect(c!.get(name)!.data, name).not.toEqual(data);
    const fanIn = (shape: readonly number[]) => tf.util.sizeFromShape(shape.slice(0, -1));
    const standardised = kernels.map(([name, { data, shape }]) =>
      (data[0]! * Math.sqrt(name.includes("depthwise") ? 9 : fanIn(shape))).toFixed(4),
    );
    expect(new Set(standardised).size).toBe(kernels.length); // no two layers draw the same numbers
  });

  it("has in a compiled step the gradients of an eager one", () => {
    const model = build(32, 1);
    const variables = trainableVariables(model);
    const image = tf.randomNormal([4, 32, 32, 3], 0, 1, "float32", 7);
    const truth = tf.tensor1d([0, 2, 1, 1], "int32");
    const step = () =>
      tf.tidy(() => {
        const loss = () => softmaxCrossEntropyLoss(model.apply(image, { training: true }) as tf.Tensor, truth);
        const { grads } = tf.variableGrads(loss as () => tf.Scalar, variables);
        return variables.map(({ name }) => grads[name]!);
      });
    const eager = step();
    const compiled = compile(step);
    compiled();
    const got = compiled();
    for (const [i, gradient] of got.entries()) {
      const [a, b] = [gradient.dataSync<"float32">(), eager[i]!.dataSync<"float32">()];
      const scale = b.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
      const worst = a.reduce((most, value, k) => Math.max(most, Math.abs(value - b[k]!) / scale), 0);
      expect(worst, variables[i]!.name).toBeLessThan(1e-3);
    }
  });

  it("refuses a side or a number of classes that is none", () => {
    expect(() => build(0, 1)).toThrow(`${family}: expected a positive whole number for size, got 0`);
  });
});

it("names every layer by its place", () => {
  const kernels = (model: tf.LayersModel) =>
    [...readWeights(model).keys()].filter((name) => name.endsWith("kernel")).map((name) => name.replace("/kernel", ""));
  expect(kernels(builders.cbr!(32, 1))).toEqual(
    ["block0", "block1", "block2", "block3"].map((b) => `${b}/conv`).concat("head"),
  );
  const blocks = Array.from({ length: 13 }, (_, i) => [`block${i + 1}/depthwise`, `block${i + 1}/pointwise`]);
  expect(kernels(v1(32, 0.25))).toEqual(["stem/conv", ...blocks.flat(), "head"]);
  const names = kernels(v2(32, 0.35));
  expect(names.slice(0, 6)).toEqual([
    "stem/conv",
    "block0/depthwise",
    "block0/project",
    "block1/expand",
    "block1/depthwise",
    "block1/project",
  ]);
  expect(names).toHaveLength(1 + 2 + 16 * 3 + 1 + 1);
});

it("names what is wrong with a configuration", () => {
  const wrong = new Check({ model: { net: "huge", alpha: 3 } });
  checkCbr(wrong);
  checkMobileNet(wrong);
  expect(wrong.problems).toMatchObject([
    { field: "model.net", expected: `one of ${Object.keys(cbrNets).join(", ")}` },
    { field: "model.alpha", expected: "a number from 0.1 to 1.4" },
  ]);
});
