import * as tf from "@tensorflow/tfjs";
import { reportText } from "@tessera/domain/weights/report";
import { initEngine } from "@tessera/engine/backend";
import { cbr } from "@tessera/models/classification/cbr";
import { mobilenet } from "@tessera/models/classification/mobilenet";
import { blockOf, firstBlocks } from "@tessera/models/weights/blocks";
import { type NamedWeight, readWeights } from "@tessera/models/weights/named";
import { fittedStart } from "@tessera/models/weights/start";
import { drawn, statisticsOf } from "@tessera/models/weights/statistics";
import { fitStem } from "@tessera/models/weights/stem";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => initEngine({ threads: 1 }));

const weight = (shape: number[], seed: number): NamedWeight => {
  const data = tf.randomNormal(shape, 0, 1, "float32", seed).dataSync<"float32">();
  return { shape, data };
};
const convolved = (x: tf.Tensor4D, { shape, data }: NamedWeight): Float32Array =>
  tf.conv2d(x, tf.tensor4d(data, shape as [number, number, number, number]), 1, "same").dataSync<"float32">();

describe("fitStem", () => {
  const grey = tf.randomNormal<tf.Rank.R4>([2, 6, 6, 1], 0, 1, "float32", 3);
  const repeated = tf.tile(grey, [1, 1, 1, 3]);

  it("gives one channel what three equal ones gave, and the reverse", () => {
    const colour = weight([3, 3, 3, 4], 1);
    const one = fitStem(colour, 1);
    expect(one.shape).toEqual([3, 3, 1, 4]);
    const [a, b] = [convolved(repeated, colour), convolved(grey, one)];
    for (const [i, value] of b.entries()) expect(value).toBeCloseTo(a[i]!, 5);
    const back = convolved(repeated, fitStem(one, 3));
    for (const [i, value] of back.entries()) expect(value).toBeCloseTo(b[i]!, 5);
    expect(fitStem(colour, 3)).toBe(colour);
  });

  it("refuses other numbers of channels", () => {
    expect(() => fitStem(weight([3, 3, 3, 4], 1), 4)).toThrow("images of 4");
  });
});

describe("weight statistics", () => {
  const kernel = weight([3, 3, 64, 100], 1);
  const scaled = { shape: kernel.shape, data: kernel.data.map((value, i) => 5 + value * (1 + (i % 100))) };
  const deep = { shape: [40, 40, 3, 1], data: weight([40, 40, 3, 1], 2).data.map((v, i) => v * 10 ** (i % 3)) };
  const source = new Map<string, NamedWeight>([
    ["a/kernel", scaled],
    ["b/kernel", deep],
    ["a/norm/gamma", weight([200], 4)],
    ["a/norm/movingMean", weight([200], 4)],
  ]);

  it("are drawn again with the same mean and variance, and nothing else of the source", () => {
    const again = drawn(statisticsOf(source, true), 7);
    expect([...again.keys()]).toEqual(["a/kernel", "b/kernel", "a/norm/gamma"]);
    const got = statisticsOf(again, true);
    for (const [name, groups] of [
      ["a/kernel", 100],
      ["b/kernel", 3],
    ] as const) {
      const [before, after] = [statisticsOf(source, true).get(name)!, got.get(name)!];
      expect(before.mean).toHaveLength(groups);
      for (const [i, variance] of before.variance.entries()) {
        expect(Math.sqrt(after.variance[i]! / variance), `${name} ${i}`).toBeGreaterThan(0.85);
        expect(Math.sqrt(after.variance[i]! / variance), `${name} ${i}`).toBeLessThan(1.15);
        expect(Math.abs(after.mean[i]! - before.mean[i]!) / Math.sqrt(variance)).toBeLessThan(0.2);
      }
    }
    const [a, b] = [again.get("b/kernel")!.data, deep.data];
    const correlation = a.reduce((sum, v, i) => sum + (i % 3 === 0 ? v * b[i]! : 0), 0) / 1600;
    expect(Math.abs(correlation)).toBeLessThan(0.1);
  });

  it("go by tensor where nothing was folded, but for depthwise kernels", () => {
    const statistics = statisticsOf(source, false);
    expect([...statistics].map(([name, { mean }]) => [name, mean.length])).toEqual([
      ["a/kernel", 1],
      ["b/kernel", 3],
      ["a/norm/gamma", 1],
    ]);
  });

  it("are the same for the same seed, and others for another", () => {
    const [a, b, c] = [7, 7, 8].map((seed) => drawn(statisticsOf(source, false), seed));
    expect(b).toEqual(a);
    for (const [name, { data }] of a!) expect(c!.get(name)!.data, name).not.toEqual(data);
  });
});

describe("blocks", () => {
  const names = [...readWeights(mobilenet({ family: "mobilenetV2", size: 32, alpha: 0.35, classes: 2 }, 1)).keys()];

  it("are counted from the stem on, with all their weights", () => {
    const first = firstBlocks(names, 2);
    expect([...new Set(first.map((name) => name.split("/").slice(0, 2).join("/")))].sort()).toEqual([
      "block0/depthwise",
      "block0/project",
      "stem/conv",
    ]);
    expect(first).toHaveLength(15); // a kernel and four of a normalisation each
    expect(firstBlocks(names, 19)).toEqual(names.filter((name) => !name.startsWith("head/")));
    expect(
      firstBlocks([...readWeights(cbr({ family: "cbr", size: 32, net: "tiny", classes: 2 }, 1)).keys()], 1),
    ).toEqual(
      ["kernel", "norm/gamma", "norm/beta", "norm/movingMean", "norm/movingVariance"].map(
        (each) => `block0/conv/${each}`,
      ),
    );
  });

  it("are the stages' blocks of a ResNet and the levels of a U-Net's encoder", () => {
    expect(
      ["stage2/block0/conv1/kernel", "encoder/level1/conv1/kernel", "decoder/level1/conv1/kernel", "head/bias"].map(
        blockOf,
      ),
    ).toEqual(["stage2/block0", "encoder/level1", null, null]);
  });

  it("refuses more blocks than there are", () => {
    expect(() => firstBlocks(names, 20)).toThrow("expected a whole number from 1 to 19, got 20");
  });
});

describe("fittedStart", () => {
  const model = mobilenet({ family: "mobilenetV1", size: 32, alpha: 0.25, classes: 2 }, 1);
  const shapes = readWeights(model);
  const other = readWeights(mobilenet({ family: "mobilenetV1", size: 64, alpha: 0.25, classes: 5 }, 2));

  it("takes what fits by name and shape, and tells the rest", () => {
    const { weights, report } = fittedStart(other, shapes, "all");
    expect(report.skipped).toEqual([
      { name: "head/kernel", why: "[256,5] in the source, [256,2] in the model" },
      { name: "head/bias", why: "[5] in the source, [2] in the model" },
    ]);
    expect([...weights.keys()]).toEqual(report.loaded);
    expect(report.loaded).toHaveLength(shapes.size - 2);
    expect(weights.get("stem/conv/kernel")).toBe(other.get("stem/conv/kernel"));
    expect(reportText(report)).toContain("skipped ([5] in the source, [2] in the model): head/bias");
  });

  it("takes a part, and is silent of the rest: all but the head, or the first blocks", () => {
    const same = readWeights(mobilenet({ family: "mobilenetV1", size: 32, alpha: 0.25, classes: 2 }, 3));
    const encoder = fittedStart(same, shapes, "encoder").report;
    expect([encoder.loaded, encoder.skipped]).toEqual([
      [...shapes.keys()].filter((name) => !name.startsWith("head/")),
      [],
    ]);
    const { loaded, skipped } = fittedStart(same, shapes, { firstBlocks: 1 }).report;
    expect(loaded.every((name) => name.startsWith("stem/"))).toBe(true);
    expect(loaded).toHaveLength(5);
    expect(skipped).toEqual([]);
    const unet = new Map(
      ["encoder/level0/conv1/kernel", "decoder/level0/conv1/kernel"].map((name) => [name, weight([3, 3, 3, 4], 1)]),
    );
    expect(fittedStart(unet, unet, "encoder").report.loaded).toEqual(["encoder/level0/conv1/kernel"]);
  });

  it("fits the stem to the channels of the images, and says how", () => {
    const grey = new Map(shapes);
    grey.set("stem/conv/kernel", { shape: [3, 3, 1, 8], data: new Float32Array(72) });
    const { weights, report } = fittedStart(other, grey, "encoder");
    expect(report.adapted).toEqual([
      { name: "stem/conv/kernel", how: "three channels to one: the sum over the input channels" },
    ]);
    expect(weights.get("stem/conv/kernel")).toEqual(fitStem(other.get("stem/conv/kernel")!, 1));
  });

  it("refuses a source of which nothing fits", () => {
    expect(() =>
      fittedStart(readWeights(cbr({ family: "cbr", size: 32, net: "tiny", classes: 2 }, 1)), shapes, "encoder"),
    ).toThrow(/None of the \d+ weights \(block0\/conv\/kernel \[5,5,3,32\]/);
  });
});
