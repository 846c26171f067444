import * as tf from "@tensorflow/tfjs";
import type { UNetModel } from "@tessera/domain/configuration/segmentation";
import { unetFacts } from "@tessera/domain/configuration/unetFacts";
import { initEngine } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import { Adam } from "@tessera/engine/optimizers/adam";
import { lossFor } from "@tessera/models/losses/byName";
import { unet } from "@tessera/models/segmentation/unet";
import { encoderWeights } from "@tessera/models/weights/blocks";
import { readWeights, trainableVariables, weightVariables, writeWeights } from "@tessera/models/weights/named";
import { copyWeights } from "@tessera/models/weights/transfer";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => initEngine({ threads: 1 }));

const small: UNetModel = {
  family: "unet",
  size: 16,
  depth: 2,
  baseFilters: 2,
  normalization: "batch",
  skips: [true, true],
};
const batch = (items = 2) => tf.randomNormal([items, 16, 16, 3], 0, 1, "float32", 7);
const logits = (model: tf.LayersModel, x = batch()) => model.apply(x, { training: false }) as tf.Tensor;

describe("unet", () => {
  it.each([
    { size: 15, depth: 0, skips: [] },
    { size: 16, depth: 1, skips: [true] },
    { size: 16, depth: 4, skips: [true, false, true, false] },
    { size: 24, depth: 3, skips: [false, false, false] },
  ])("gives one logit per pixel at depth $depth, size $size, skips $skips", (change) => {
    const model = unet({ ...small, ...change }, 1);
    expect(model.predict(tf.zeros([2, change.size, change.size, 3]))).toMatchObject({
      shape: [2, change.size, change.size, 1],
      dtype: "float32",
    });
  });

  it("has as many parameters as its figure says", () => {
    const f = 2;
    const conv = (from: number, to: number, side = 3) => from * to * side * side;
    const encoder =
      conv(3, f) + conv(f, f) + conv(f, 2 * f) + conv(2 * f, 2 * f) + conv(2 * f, 4 * f) + conv(4 * f, 4 * f);
    const up = conv(4 * f, 2 * f, 2) + 2 * f + (conv(2 * f, f, 2) + f); // with biases
    const decoder = conv(4 * f, 2 * f) + conv(2 * f, 2 * f) + conv(2 * f, f) + conv(f, f) + up;
    const head = f + 1;
    const norms = 4 * (2 * f + 2 * 2 * f + 2 * 4 * f + 2 * 2 * f + 2 * f);
    expect(unet(small, 1).countParams()).toBe(encoder + decoder + head + norms);
    expect(unet({ ...small, skips: [false, true] }, 1).countParams()).toBe(
      encoder + decoder + head + norms - conv(f, f),
    );
  });

  it.each([
    { depth: 0, skips: [] },
    { depth: 1, skips: [true], normalization: "none" as const },
    { depth: 2, skips: [false, true] },
    { depth: 3, skips: [true, true, true], baseFilters: 3, classes: 3 },
  ])(
    "trains as many weights as unetFacts says, at depth $depth, skips $skips",
    ({ classes = 1, ...change }: Partial<UNetModel> & { classes?: number }) => {
      const description = { ...small, ...change };
      const counts = trainableVariables(unet(description, 1, classes)).map((weight) => weight.size);
      expect(unetFacts(description, classes).parameters).toBe(counts.reduce((a, b) => a + b));
    },
  );

  it.each([0, 1, 2, 3])("sees as far as unetFacts says, at depth %i", (depth) => {
    // Zeros but for one column of one: with positive weights, what it reaches is not zero.
    const size = 128;
    const description = { ...small, size, depth, normalization: "none" as const, skips: Array(depth).fill(true) };
    const model = unet(description, 1);
    for (const weight of trainableVariables(model)) {
      tf.tidy(() => weight.assign(weight.rank === 1 ? tf.zerosLike(weight) : tf.fill(weight.shape, 0.5)));
    }
    const columns = tf.tidy(() => tf.eye(size).reshape([size, 1, size, 1]).tile([1, size, 1, 3]));
    const row = tf.tidy(() =>
      logits(model, columns)
        .slice([0, size / 2, 0, 0], [size, 1, size, 1])
        .notEqual(0),
    );
    const reached = row.dataSync(); // [column of the input, column of the logits]
    const seen = Array.from({ length: size }, (_, x) =>
      Array.from({ length: size }, (_, column) => reached[column * size + x]!).reduce((sum, each) => sum + each, 0),
    );
    expect(Math.max(...seen)).toBe(unetFacts(description).receptiveField);
  });

  it("is the same for the same seed, in weights and names, and another for another seed", () => {
    const [a, b, c] = [unet(small, 5), unet(small, 5), unet(small, 6)].map(readWeights);
    expect(b).toEqual(a);
    expect([...c!.keys()]).toEqual([...a!.keys()]);
    const kernels = [...a!.keys()].filter((name) => name.endsWith("kernel"));
    expect(kernels).toHaveLength(13);
    for (const name of kernels) expect(c!.get(name)!.data, name).not.toEqual(a!.get(name)!.data);
    const drawn = kernels.map((name) => a!.get(name)!.data[0]);
    expect(new Set(drawn).size).toBe(13); // no two layers start alike
  });

  it("draws kernels with He's variance, 2 / fan in", () => {
    const weights = readWeights(unet({ ...small, baseFilters: 32 }, 1));
    const kernel = weights.get("encoder/level1/conv2/kernel")!;
    const variance = kernel.data.reduce((sum, value) => sum + value ** 2, 0) / kernel.data.length;
    expect(variance / (2 / (3 * 3 * 64))).toBeCloseTo(1, 1);
  });

  it("names its weights by place", () => {
    const names = [...weightVariables(unet(small, 1)).keys()];
    expect(names).toEqual(
      expect.arrayContaining(["encoder/level2/conv2/kernel", "decoder/level0/upsample/bias", "head/kernel"]),
    );
    expect(names).toContain("encoder/level0/conv1/norm/movingVariance");
    expect(new Set(names).size).toBe(names.length);
    expect(encoderWeights(names).every((name) => /^encoder\/level[012]\/conv[12]\//.test(name))).toBe(true);
    expect(encoderWeights(names)).toHaveLength(6 * 5);
  });

  it("uses a skip that is on, and not one that is off", () => {
    // Level 0's features reach the head through the skip alone once nothing comes up from below.
    const reaches = (skip: boolean): boolean => {
      const model = unet({ ...small, normalization: "none", skips: [skip, true] }, 3);
      const upsample = weightVariables(model).get("decoder/level0/upsample/kernel")!;
      upsample.assign(tf.zerosLike(upsample) as tf.Variable);
      const [a, b] = [batch(1), batch(1).mul(2)].map((x) => [...logits(model, x).dataSync()]);
      return a!.some((value, i) => value !== b![i]);
    };
    expect([reaches(true), reaches(false)]).toEqual([true, false]);
  });

  it.each(["batch", "none"] as const)("learns a small batch by heart (normalization %s)", (normalization) => {
    const model = unet({ ...small, baseFilters: 4, normalization }, 1);
    const optimizer = new Adam({ learningRate: 0.01 });
    const variables = trainableVariables(model);
    const x = batch();
    const y = tf.tidy(() =>
      tf
        .avgPool(x as tf.Tensor4D, 5, 1, "same")
        .mean(3, true)
        .greater(0.05)
        .toFloat(),
    );
    const loss = lossFor("softDiceCrossEntropy");
    const step = compile((image: tf.Tensor, truth: tf.Tensor) =>
      tf.tidy(
        () =>
          optimizer.minimize(() => loss(model.apply(image, { training: true }) as tf.Tensor, truth), true, variables)!,
      ),
    );
    const losses = Array.from({ length: 80 }, () => step(x, y).dataSync()[0]!);
    expect(losses.at(-1)).toBeLessThan(0.5 * losses[0]!);
    expect(step.stats.traces).toBe(1);
    const scored = loss(logits(model, x), y).dataSync()[0]!; // with the moving averages
    expect(scored).toBeLessThan(0.75 * losses[0]!);
  });

  it("trains alike in a compiled step and in an eager one, over 20 steps", () => {
    const [x, y] = [batch(), tf.tidy(() => batch().mean(3, true).greater(0).toFloat())];
    const train = (compiled: boolean) => {
      const model = unet(small, 1);
      const optimizer = new Adam({ learningRate: 1e-3 });
      const variables = trainableVariables(model);
      const loss = lossFor("softDiceCrossEntropy");
      const eager = (image: tf.Tensor, truth: tf.Tensor) =>
        tf.tidy(
          () =>
            optimizer.minimize(
              () => loss(model.apply(image, { training: true }) as tf.Tensor, truth),
              true,
              variables,
            )!,
        );
      const step = compiled ? compile(eager) : eager;
      return Array.from({ length: 20 }, () => step(x, y).dataSync()[0]!);
    };
    const [expected, got] = [train(false), train(true)];
    got.forEach((value, i) => {
      expect(Math.abs(value / expected[i]! - 1)).toBeLessThan(1e-5);
    });
    expect(got[19]).toBeLessThan(got[0]!);
  });

  it("refuses what does not fit, and says what would", () => {
    expect(() => unet({ ...small, size: 18 }, 1)).toThrow("size 18 does not divide by 2^depth = 4");
    expect(() => unet({ ...small, skips: [true] }, 1)).toThrow("expected 2 skip switches, one per level, got 1");
    expect(() => unet({ ...small, depth: 0 }, 1)).toThrow("expected 0 skip switches, one per level, got 2");
  });
});

describe("weights", () => {
  it("read from one model and written to another give the same logits", () => {
    const [from, to] = [unet(small, 1), unet(small, 2)];
    writeWeights(to, readWeights(from));
    expect(logits(to).dataSync()).toEqual(logits(from).dataSync());
    const short = new Map([...readWeights(from)].slice(1));
    expect(() => writeWeights(to, short)).toThrow("missing: encoder/level0/conv1/kernel");
  });

  it("go over by part, and the list says which", () => {
    const from = readWeights(unet(small, 1));
    const model = unet(small, 2);
    const before = readWeights(model);
    const { loaded, skipped } = copyWeights(from, model, "encoder");
    expect(loaded).toEqual(encoderWeights([...from.keys()]));
    expect(skipped).toEqual([]);
    const after = readWeights(model);
    for (const [name, { data }] of after)
      expect(data, name).toEqual((name.startsWith("encoder/") ? from : before).get(name)!.data);
  });

  it("go over between models without reduction: the encoder is all but the head", () => {
    const flat = { ...small, depth: 0, skips: [] };
    const { loaded, skipped } = copyWeights(readWeights(unet(flat, 1)), unet(flat, 2), "encoder");
    expect([loaded.length, skipped]).toEqual([2 * 5, []]);
  });

  it("of a model with other skips keep their start, and the list says so", () => {
    const model = unet({ ...small, skips: [false, true] }, 2);
    const { loaded, skipped } = copyWeights(readWeights(unet(small, 1)), model, "all");
    expect(skipped).toEqual(["decoder/level0/conv1/kernel"]);
    expect(loaded).toHaveLength(model.weights.length - 1);
  });

  it("that fit nowhere are refused", () => {
    const foreign = new Map([["dense/kernel", { shape: [2], data: new Float32Array(2) }]]);
    expect(() => copyWeights(foreign, unet(small, 1), "all")).toThrow("None of the 1 weights (dense/kernel [2], …)");
  });
});
