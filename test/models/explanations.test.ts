import * as tf from "@tensorflow/tfjs";
import type { Classifier } from "@tessera/domain/configuration/classifier";
import { initEngine } from "@tessera/engine/backend";
import { classifier } from "@tessera/models/classification/classifier";
import { baselineOf } from "@tessera/models/explanations/baseline";
import { cascadeBlocks, withBlocksOf } from "@tessera/models/explanations/cascade";
import { explainable } from "@tessera/models/explanations/explainable";
import { drawnTo } from "@tessera/models/explanations/gradCam";
import { integratedGradients, isComplete } from "@tessera/models/explanations/integratedGradients";
import { occlusion, usualSquares } from "@tessera/models/explanations/occlusion";
import { GlobalAverage } from "@tessera/models/layers/globalAverage";
import { unet } from "@tessera/models/segmentation/unet";
import { readWeights, weightVariables, writeWeights } from "@tessera/models/weights/named";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => initEngine({ threads: 1 }));

const families: Classifier[] = [
  { family: "resnet", size: 16, classes: 3, baseFilters: 4, blocks: [1, 2], stem: "3x3" },
  { family: "resnet", size: 32, classes: 3, baseFilters: 4, blocks: [1], stem: "7x7" },
  { family: "cbr", size: 32, classes: 3, net: "tiny" },
  { family: "mobilenetV1", size: 64, classes: 3, alpha: 0.25 },
  { family: "mobilenetV2", size: 64, classes: 3, alpha: 0.35 },
];
const chosen = (...classes: number[]) => tf.oneHot(classes, 3).toFloat() as tf.Tensor2D;

describe("Grad-CAM", () => {
  it.each(families)("of $family at $size px is the head's own weighting of the last block's activations", (options) => {
    const model = classifier(options, 3);
    const x = tf.randomNormal([3, options.size, options.size, 3], 0, 1, "float32", 5) as tf.Tensor4D;
    const got = explainable(model).gradCam(x, chosen(2, 0, 1));
    const last = model.getLayer("average").input as tf.SymbolicTensor;
    const activations = tf.model({ inputs: model.inputs, outputs: last }).predict(x) as tf.Tensor4D;
    const [, height, width] = activations.shape;
    const kernel = weightVariables(model).get("head/kernel") as tf.Tensor2D; // [filters, classes]
    const cells = [2, 0, 1].map((index, item) => {
      const column = kernel.slice([0, index], [-1, 1]).reshape([1, 1, -1]);
      return activations
        .slice([item], [1])
        .squeeze([0])
        .mul(column)
        .sum(2)
        .div(height * width)
        .relu() as tf.Tensor2D;
    });
    const expected = drawnTo(options.size, tf.stack(cells) as tf.Tensor3D);
    expect(got.shape).toEqual([3, options.size, options.size]);
    expect(largest(expected)).toBeGreaterThan(0);
    expect(largest(got.sub(expected)) / largest(expected)).toBeLessThan(1e-5);
    model.dispose();
  });

  it("refuses a segmentation model, and says why", () => {
    const model = unet(
      { family: "unet", size: 16, depth: 1, baseFilters: 2, normalization: "batch", skips: [true] },
      1,
    );
    expect(() => explainable(model)).toThrow(/a segmentation model needs none: its own output says where/);
  });
});

/** logit_c = w_c · (mean colour) + b_c: what every attribution of it must be is known. */
function linear(size: number): tf.LayersModel {
  const input = tf.input({ shape: [size, size, 3], name: "image" });
  const average = new GlobalAverage({ name: "average" }).apply(input) as tf.SymbolicTensor;
  const initial = tf.initializers.randomNormal({ mean: 0, stddev: 1, seed: 3 });
  const head = tf.layers.dense({ name: "head", units: 2, kernelInitializer: initial, biasInitializer: initial });
  return tf.model({ inputs: input, outputs: head.apply(average) as tf.SymbolicTensor });
}

describe("attributions of a linear model", () => {
  const size = 8;
  const image = Float32Array.from({ length: size * size * 3 }, (_, i) => Math.sin(i * 1.7));
  const black = baselineOf(image, "black");
  const asked = () => {
    const model = linear(size);
    const kernel = weightVariables(model).get("head/kernel")!.arraySync() as number[][];
    const { logit, gradient } = explainable(model);
    const each = <T>(images: readonly Float32Array[], use: (x: tf.Tensor4D, c: tf.Tensor2D) => T): T => {
      const flat = Float32Array.from(images.flatMap((values) => [...values]));
      const ones = tf.oneHot(new Array(images.length).fill(1), 2).toFloat() as tf.Tensor2D;
      return use(tf.tensor4d(flat, [images.length, size, size, 3]), ones);
    };
    const logits = async (images: readonly Float32Array[]) => [...each(images, logit).dataSync()];
    const gradients = async (images: readonly Float32Array[]) => {
      const all = each(images, gradient).dataSync<"float32">();
      return images.map((values, place) => all.slice(place * values.length, (place + 1) * values.length));
    };
    return { network: { logits, gradients }, weight: (channel: number) => kernel[channel]![1]! / size ** 2 };
  };

  it("integrated gradients are weight times change, complete with one step", async () => {
    const { network, weight } = asked();
    const got = await integratedGradients(network, image, black, { steps: 1, most: 1 });
    const expected = Float64Array.from({ length: size * size }, (_, i) =>
      [0, 1, 2].reduce((sum, channel) => sum + weight(channel) * (image[3 * i + channel]! + 1), 0),
    );
    for (const [i, value] of expected.entries()) expect(got.map[i]).toBeCloseTo(value, 6);
    expect(Math.abs(got.missing)).toBeLessThan(1e-5);
    expect(got.steps).toBe(1);
  });

  it("doubles the steps of integrated gradients until they are complete, and not beyond the most", async () => {
    const kinked = {
      logits: async (images: readonly Float32Array[]) => images.map(([value]) => Math.max(0, value! - 0.1)),
      gradients: async (images: readonly Float32Array[]) =>
        images.map((values) => values.map((value, i) => (i === 0 && value > 0.1 ? 1 : 0))),
    };
    const x = Float32Array.from([1, 0, 0]);
    const zero = new Float32Array(3);
    const once = await integratedGradients(kinked, x, zero, { steps: 1, most: 1 });
    expect([once.map[0], once.difference, isComplete(once)]).toEqual([1, expect.closeTo(0.9, 6), false]);
    const more = await integratedGradients(kinked, x, zero, { steps: 1, most: 64 });
    expect(more.steps).toBe(8); // 7 of 8 middles are above 0.1: 0.875 of 0.9
    expect(isComplete(more)).toBe(true);
  });

  it("occlusion is the sum of weight times change under a square, averaged over the squares of a pixel", async () => {
    const { network, weight } = asked();
    const got = await occlusion(network.logits, image, black, { patch: 4, stride: 4 });
    const own = (i: number) =>
      [0, 1, 2].reduce((sum, channel) => sum + weight(channel) * (image[3 * i + channel]! + 1), 0);
    for (const [x, y] of [
      [0, 0],
      [4, 0],
      [4, 4],
    ] as const) {
      const square = Array.from({ length: 16 }, (_, k) => (y + (k >> 2)) * size + x + (k % 4));
      const expected = square.reduce((sum, i) => sum + own(i), 0);
      for (const i of square) expect(got[i]).toBeCloseTo(expected, 5);
    }
  });

  it("refuses squares that leave gaps or do not fit", async () => {
    const { network } = asked();
    for (const squares of [
      { patch: 2, stride: 3 },
      { patch: 9, stride: 1 },
      { patch: 2, stride: 0 },
    ]) {
      await expect(occlusion(network.logits, image, black, squares)).rejects.toThrow(/1 <= stride <= patch <= 8/);
    }
    expect([28, 64, 224].map(usualSquares)).toEqual([
      { patch: 4, stride: 2 },
      { patch: 8, stride: 4 },
      { patch: 28, stride: 14 },
    ]);
  });

  it("takes the image's own mean colour, or black, for nothing", () => {
    const colours = Float32Array.from([0, 0.5, 1, 1, 0.5, -1]);
    expect([...baselineOf(colours, "mean")]).toEqual([0.5, 0.5, 0, 0.5, 0.5, 0]);
    expect(new Set(baselineOf(colours, "black"))).toEqual(new Set([-1]));
  });
});

describe("cascading randomisation", () => {
  it("goes from the head to the stem, and changes a block with its normalisation", () => {
    const [trained, untrained] = [7, 8].map((seed) => classifier(families[0]!, seed));
    const names = [...weightVariables(trained!).keys()];
    const blocks = cascadeBlocks(names);
    expect(blocks).toEqual(["head", "stage2/block1", "stage2/block0", "stage1/block0", "stem"]);
    const [from, to] = [readWeights(trained!), readWeights(untrained!)];
    const two = withBlocksOf(to, blocks.slice(0, 2), from);
    for (const name of names) {
      const random = name.startsWith("head/") || name.startsWith("stage2/block1/");
      expect(two.get(name), name).toBe((random ? to : from).get(name));
    }
    writeWeights(trained!, withBlocksOf(to, blocks, from));
    expect(readWeights(trained!)).toEqual(to);
  });

  it("knows the blocks of every family", () => {
    const blocks = families.map((options) => cascadeBlocks(weightVariables(classifier(options, 1)).keys()));
    expect(blocks.map((each) => each.length)).toEqual([5, 3, 5, 15, 20]);
    for (const each of blocks) expect(each[0]).toBe("head");
    expect(blocks.map((each) => each.at(-1))).toEqual(["stem", "stem", "block0", "stem", "stem"]);
  });
});

const largest = (x: tf.Tensor): number => x.abs().max().dataSync()[0]!;
