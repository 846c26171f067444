/** A U-Net whose encoder is a MobileNet, with the real ImageNet weights where they are: ../shared/data beside the repository. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { completeLoss } from "@tessera/domain/configuration/loss";
import { mobilenetLayers, mobilenetLevels } from "@tessera/domain/configuration/mobilenetLayers";
import type { UNetModel } from "@tessera/domain/configuration/segmentation";
import { unetFacts } from "@tessera/domain/configuration/unetFacts";
import { parseGraph } from "@tessera/domain/weights/graph";
import { recognise } from "@tessera/domain/weights/recognise";
import { readSafetensors } from "@tessera/domain/weights/safetensors";
import { initEngine } from "@tessera/engine/backend";
import { Adam } from "@tessera/engine/optimizers/adam";
import { mobilenet } from "@tessera/models/classification/mobilenet";
import { lossFor } from "@tessera/models/losses/byName";
import { unet } from "@tessera/models/segmentation/unet";
import { encoderWeights, firstBlocks } from "@tessera/models/weights/blocks";
import { foldedWeights } from "@tessera/models/weights/import/calibrate";
import { readWeights, trainableVariables, weightVariables } from "@tessera/models/weights/named";
import { copyWeights } from "@tessera/models/weights/transfer";
import { beforeAll, describe, expect, it } from "vitest";
import { naturalImage } from "./support/naturalImages.ts";

beforeAll(() => initEngine({ threads: 1 }));

const on = [true, true, true, true, true];
const v1: UNetModel = {
  family: "unet",
  size: 32,
  encoder: { kind: "mobilenetV1", alpha: 0.25 },
  depth: 5,
  baseFilters: 2,
  normalization: "batch",
  skips: on,
};
const v2: UNetModel = { ...v1, encoder: { kind: "mobilenetV2", alpha: 0.35 } };
const models = [
  { name: "V1", model: v1, family: "mobilenetV1" as const, alpha: 0.25 },
  { name: "V2", model: v2, family: "mobilenetV2" as const, alpha: 0.35 },
];

/** The results of the named layers of a model. */
function results(model: tf.LayersModel, names: readonly string[], x: tf.Tensor): Float32Array[] {
  const outputs = names.map((name) => model.getLayer(name).output as tf.SymbolicTensor);
  const part = tf.model({ inputs: model.inputs, outputs });
  return [part.predict(x)].flat().map((each) => each.dataSync<"float32">());
}

describe.each(models)("a U-Net on MobileNet$name", ({ model, family, alpha }) => {
  const classifier = mobilenet({ family, alpha, size: 32, classes: 3 }, 5);
  const network = unet(model, 5);
  const names = [...weightVariables(network).keys()];

  it("has the classifier's encoder: names, order, and the same weights by the same seed", () => {
    const [own, its] = [readWeights(network), readWeights(classifier)];
    const encoder = encoderWeights(names);
    expect(encoder).toEqual(encoderWeights([...its.keys()]));
    for (const name of encoder) expect(own.get(name), name).toEqual(its.get(name));
    expect(firstBlocks(names, 2)).toEqual(firstBlocks([...its.keys()], 2));
    expect(names.some((name) => name.startsWith("decoder/level4/"))).toBe(true);
  });

  it("gives one logit per pixel, whatever skips are cut, and joins the last of each side", () => {
    for (const skips of [on, [false, true, false, true, false]]) {
      const made = unet({ ...model, skips, size: 64 }, 1, 2);
      expect(made.predict(tf.zeros([1, 64, 64, 3]))).toMatchObject({ shape: [1, 64, 64, 2] });
    }
    const sides = mobilenetLevels(mobilenetLayers({ family, alpha })).map(
      ({ name }) => (classifier.getLayer(name).output as tf.SymbolicTensor).shape[1],
    );
    expect(sides).toEqual([16, 8, 4, 2, 1]);
  });

  it.each([on, [false, false, true, true, true]])("trains as many weights as unetFacts says", (...skips) => {
    for (const channels of [1, 3] as const) {
      const described = { ...model, skips, channels };
      const counts = trainableVariables(unet(described, 1, 2)).map((weight) => weight.size);
      expect(unetFacts(described, 2).parameters).toBe(counts.reduce((a, b) => a + b));
    }
  });

  it("sees as far as unetFacts says", () => {
    const size = 1024;
    const wide = unet({ ...model, size, normalization: "none", skips: [false, false, false, false, false] }, 1);
    for (const [name, weight] of weightVariables(wide)) {
      // Kernels that sum to 1 keep ReLU6 from saturating; an offset would hide what is reached.
      const fan = weight.size / weight.shape.at(-1)!;
      const value = name.endsWith("kernel") ? 1 / (weight.shape.at(-1) === 1 ? 9 : fan) : name.endsWith("beta") ? 0 : 1;
      tf.tidy(() =>
        weight.assign(
          name.endsWith("movingMean") || name.endsWith("bias") ? tf.zerosLike(weight) : tf.fill(weight.shape, value),
        ),
      );
    }
    let widest = 0;
    for (let place = 0; place < 32; place++) {
      const seen = tf.tidy(() => {
        const of = tf.grad((x: tf.Tensor) =>
          (wide.apply(x, { training: false }) as tf.Tensor).slice([0, 0, size / 2 + place, 0], [1, 1, 1, 1]).sum(),
        );
        const columns = of(tf.fill([1, 32, size, 3], 1e-4))
          .abs()
          .sum([0, 1, 3]); // small: sums of V2 stay below 6
        return columns.greater(0).sum().dataSync()[0]!;
      });
      widest = Math.max(widest, seen);
    }
    expect(widest).toBe(unetFacts(model).receptiveField);
  });

  it("learns a mask, and every kernel gets a gradient", () => {
    const small = unet({ ...model, size: 64, baseFilters: 4 }, 2);
    const x = tf.randomUniform([2, 64, 64, 3], -1, 1, "float32", 3);
    const y = tf.tidy(() => {
      const bright = tf.avgPool(x.mean(3, true) as tf.Tensor4D, 9, 1, "same");
      return bright.greater(0.02).toFloat();
    });
    const value = () =>
      lossFor(completeLoss("softDiceCrossEntropy"))(small.apply(x, { training: true }) as tf.Tensor, y);
    const variables = trainableVariables(small);
    const { grads } = tf.variableGrads(value, variables);
    // An offset before a normalisation changes nothing, as MobileNetV2's linear ones.
    const kernels = variables.filter(({ name }) => name.includes("kernel"));
    expect(kernels.filter(({ name }) => grads[name]!.abs().max().dataSync()[0] === 0).map(({ name }) => name)).toEqual(
      [],
    );
    const optimizer = new Adam({ learningRate: 0.01 });
    const first = value().dataSync()[0]!;
    for (let step = 0; step < 30; step++) optimizer.minimize(value, false, variables);
    expect(value().dataSync()[0]!).toBeLessThan(0.75 * first);
  });
});

it("refuses another depth, and a side that does not divide by 32", () => {
  expect(() => unet({ ...v1, depth: 4, skips: on.slice(1) }, 1)).toThrow(
    "expected depth 5 with the encoder mobilenetV1",
  );
  expect(() => unet({ ...v1, size: 48 }, 1)).toThrow("does not divide by 2^depth = 32");
});

it("keeps plain networks as they were: the same seed gives the same weights", () => {
  const plain: UNetModel = { ...v1, size: 8, depth: 1, skips: [true] };
  const { encoder: _, ...before } = plain;
  const sum = (model: UNetModel) =>
    [...readWeights(unet({ ...model, encoder: { kind: "plain" } }, 3)).values()]
      .flatMap(({ data }) => [...data])
      .reduce((total, value, i) => total + value * ((i % 7) + 1), 0);
  expect(sum(plain)).toBe(sum(before));
});

const data = fileURLToPath(new URL("../../../shared/data", import.meta.url));
const present = existsSync(`${data}/imagenet-mobilenet`) && existsSync(`${data}/natural-images`);
if (!present) console.warn("The ImageNet MobileNets are not at ../shared/data: a U-Net's start from them is SKIPPED");

it.skipIf(!present).each(["mobilenet_v1_0.25_128", "mobilenet_v2_1.0_224"])(
  "starts from %s: the encoder's features are the classifier's, layer by layer",
  (name) => {
    const file = `${data}/imagenet-mobilenet/float32/${name}`;
    const { tensors } = readSafetensors(readFileSync(`${file}.safetensors`));
    const net = recognise(parseGraph(readFileSync(`${file}.graph.json`, "utf8")), tensors);
    const weights = foldedWeights(net, tensors);
    const size = 128;
    const classifier = mobilenet({ ...net, size }, 1);
    copyWeights(weights, classifier, "all");
    const network = unet({ ...v1, size, encoder: { kind: net.family, alpha: net.alpha } }, 1);
    const { report } = copyWeights(weights, network, "encoder");
    expect(report.skipped).toEqual([]);
    expect(report.loaded).toHaveLength(weights.size - 2); // all but the head's kernel and bias
    const cat = naturalImage(`${data}/natural-images/cat.bmp`, size);
    const x = tf.tensor4d(Float32Array.from(cat.data), [1, ...cat.shape]);
    const layers = classifier.layers.map((layer) => layer.name).filter((each) => /\/(relu|norm|add)$/.test(each));
    const [a, b] = [classifier, network].map((each) => results(each, layers, x));
    for (const [i, values] of a!.entries()) {
      const [scale, worst] = values.reduce(
        ([most, difference], value, at) => [
          Math.max(most, Math.abs(value)),
          Math.max(difference, Math.abs(value - b![i]![at]!)),
        ],
        [1e-6, 0],
      );
      expect(worst / scale, layers[i]).toBeLessThan(1e-6);
    }
    expect(a!.at(-1)!.some((value) => value > 0)).toBe(true);
  },
);
