import * as tf from "@tensorflow/tfjs";
import { randomStream } from "@tessera/domain/random";
import { blocksOf } from "@tessera/domain/weights/blocks";
import { initEngine } from "@tessera/engine/backend";
import { classifier } from "@tessera/models/classification/classifier";
import { unet } from "@tessera/models/segmentation/unet";
import { blockOutputs } from "@tessera/models/similarity/blockOutputs";
import { ckaMatrix, ckaVector, type Gram, gramOf } from "@tessera/models/similarity/cka";
import { blockGrams, type Images } from "@tessera/models/similarity/grams";
import { blockOf } from "@tessera/models/weights/blocks";
import { weightVariables } from "@tessera/models/weights/named";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => initEngine({ threads: 1 }));

const size = 32;
const models = {
  resnet: { family: "resnet", size, baseFilters: 4, blocks: [2, 1], stem: "3x3" },
  resnetPooled: { family: "resnet", size, baseFilters: 4, blocks: [1, 1, 1], stem: "7x7" },
  cbr: { family: "cbr", size, net: "tiny" },
  mobilenetV1: { family: "mobilenetV1", size, alpha: 0.25 },
  mobilenetV2: { family: "mobilenetV2", size, alpha: 0.35 },
  unet: { family: "unet", size, depth: 2, baseFilters: 2, normalization: "batch", skips: [true, false] },
  unetPlain: { family: "unet", size, depth: 0, baseFilters: 2, normalization: "none", skips: [] },
} as const;
type Model = (typeof models)[keyof typeof models];
const build = (model: Model, seed: number): tf.LayersModel =>
  model.family === "unet" ? unet(model, seed) : classifier({ ...model, classes: 3 }, seed);

/** Noise of other strength in each, so that blocks see items that differ. */
function images(count: number): Images {
  const all = Array.from({ length: count }, (_, index) => {
    const stream = randomStream("image", index);
    const [level, strength] = [stream.between(-0.5, 0.5), stream.between(0.1, 0.5)];
    return Float32Array.from({ length: size * size * 3 }, () => level + strength * stream.normal());
  });
  return { count, size, image: async (index) => all[index]! };
}

const diagonal = (a: Map<string, Gram>, b: Map<string, Gram>): (number | null)[] => {
  const vectors = (grams: Map<string, Gram>) =>
    [...grams.values()].map((gram) => ckaVector(gram, { estimator: "unbiased", batch: 8 }));
  return ckaMatrix(vectors(a), vectors(b)).map((row, i) => row[i]!);
};

describe.each(Object.entries(models))("%s", (name, model) => {
  it("has the blocks that its configuration says, each read at its end", () => {
    const built = build(model, 1);
    const encoder = blocksOf(model);
    const ofWeights = [...weightVariables(built).keys()].map(blockOf).filter((block) => block !== null);
    expect([...new Set(ofWeights)]).toEqual(encoder);
    const outputs = blockOutputs(built);
    expect(outputs.map(({ block }) => block).filter((block) => !block.startsWith("decoder/"))).toEqual(encoder);
    if (name === "unet") {
      const shapes = outputs.map(({ block, output }) => [block, ...output.shape.slice(1)]);
      expect(shapes).toEqual([
        ["encoder/level0", 32, 32, 2],
        ["encoder/level1", 16, 16, 4],
        ["encoder/level2", 8, 8, 8],
        ["decoder/level1", 16, 16, 4],
        ["decoder/level0", 32, 32, 2],
      ]);
    }
    if (name === "resnetPooled") expect(outputs[0]!.output.shape).toEqual([null, 16, 16, 4]); // before the pooling
    built.dispose();
  });

  it("is 1 along the diagonal against itself, and not against another seed", async () => {
    const [a, b, c] = [build(model, 1), build(model, 1), build(model, 2)];
    const of = (built: tf.LayersModel) => blockGrams(built, images(17), "average");
    const [one, same, other] = [await of(a), await of(b), await of(c)];
    for (const value of diagonal(one, same)) expect(value === null || value > 1 - 1e-9).toBe(true);
    expect(diagonal(one, same).filter((value) => value !== null).length).toBeGreaterThan(0);
    expect(diagonal(one, other).every((value) => value === null || value < 0.999)).toBe(true);
    for (const each of [a, b, c]) each.dispose();
  });
});

describe("blockGrams", () => {
  it("are those of the activations, averaged over positions or flattened", async () => {
    const model = build(models.unet, 3);
    const { output } = blockOutputs(model)[1]!; // [b, 16, 16, 4]
    const given = images(18);
    const batch = tf.tensor4d(
      Float32Array.from((await Promise.all([...Array(18).keys()].map((i) => given.image(i)))).flatMap((x) => [...x])),
      [18, size, size, 3],
    );
    const features = tf.model({ inputs: model.inputs, outputs: output }).predict(batch) as tf.Tensor4D;
    const flat = await features.data<"float32">();
    const mean = Float32Array.from({ length: 18 * 4 }, (_, at) => {
      const [item, channel] = [Math.floor(at / 4), at % 4];
      let sum = 0;
      for (let position = 0; position < 256; position++) sum += flat[(item * 256 + position) * 4 + channel]!;
      return sum / 256;
    });
    let passes = 0;
    const averaged = await blockGrams(model, given, "average", () => passes++);
    expect(passes).toBe(2); // of at most 16 images
    const flattened = await blockGrams(model, given, "flattened");
    for (const [got, want] of [
      [averaged.get("encoder/level1")!, gramOf(mean, 18)],
      [flattened.get("encoder/level1")!, gramOf(flat, 18)],
    ] as const) {
      const scale = Math.max(...want.values);
      for (const [i, value] of got.values.entries())
        expect(Math.abs(value - want.values[i]!)).toBeLessThan(1e-5 * scale);
    }
    model.dispose();
  });

  it("refuses flattened features that are more than memory is given for, with what would fit", async () => {
    const model = unet({ ...models.unet, size: 256, baseFilters: 64 }, 1);
    const many: Images = { count: 256, size: 256, image: async () => new Float32Array(256 * 256 * 3) };
    await expect(blockGrams(model, many, "flattened")).rejects.toThrow(
      /features of encoder\/level0 over 256 items need 4.3 GB; ask for at most 23 items/,
    );
    model.dispose();
  });
});
