import * as tf from "@tensorflow/tfjs";
import type { MilModel } from "@tessera/domain/configuration/mil";
import { type MilConfiguration, type MilRunModel, milDefaults } from "@tessera/domain/configuration/milRun";
import type { Fold } from "@tessera/domain/words";
import { initEngine } from "@tessera/engine/backend";
import { keyedRandom } from "@tessera/models/augmentation/random";
import { meanAuc } from "@tessera/models/metrics/classification";
import { milModel } from "@tessera/models/mil/milModel";
import { bagParts, canBePooledInParts } from "@tessera/models/mil/partOfBag";
import { scoringBatch, trainingBatch } from "@tessera/training/batches";
import type { TrainingItem } from "@tessera/training/items";
import { sampledTiles } from "@tessera/training/mil/sampledTiles";
import { openNetwork } from "@tessera/training/network";
import { taskOf } from "@tessera/training/taskOf";
import { beforeAll, describe, expect, it } from "vitest";
import { Session } from "./support/session.ts";

beforeAll(() => initEngine({ threads: 1 }));

const features = 3;
/** 40 to 100 tiles; the first value is the tile's number, and the second is far off in a quarter of the tiles of a positive bag. */
function bag(index: number): TrainingItem {
  const random = keyedRandom({ seed: 8, epoch: 0, index });
  const positive = index % 2 === 1;
  const tiles = 40 + Math.floor(61 * random());
  const values = Float32Array.from({ length: tiles * features }, (_, i) => {
    if (i % features === 0) return Math.floor(i / features);
    return random() + (positive && i % features === 1 && random() < 0.25 ? 2 : 0);
  });
  return {
    itemId: `00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`,
    classValues: positive ? [0, 1] : [1, 0],
    bagSize: { tiles, features },
    read: async () => ({ image: new Uint8Array(), mask: new Uint8Array(), bag: { tiles, features, values } }),
  };
}
const fold = (from: number, count: number) => Array.from({ length: count }, (_, each) => bag(from + each));
const items: Record<Fold, TrainingItem[]> = { train: fold(0, 24), validation: fold(24, 12), test: fold(36, 12) };
const configuration: MilConfiguration = {
  ...milDefaults,
  model: { family: "attentionMil", encoder: [8], dropout: 0, hidden: 4, attention: "gated" },
  bag: { tiles: 16 },
  optimizer: { ...milDefaults.optimizer, learningRate: 1e-2 },
  batchSize: 4,
  epochs: 6,
  threads: 1,
};
const given = { configuration, items, classes: 2, exclusive: true };
const taskWith = (model: MilRunModel, tiles: number | null = 16, exclusive = true) =>
  taskOf({ ...configuration, model, bag: { tiles } }, { classes: 2, exclusive, items: Object.values(items).flat() });

describe("tiles drawn of a bag", () => {
  const whole = { tiles: 50, features: 1, values: Float32Array.from({ length: 50 }, (_, tile) => tile) };
  const drawn = (epoch: number, index = 0) => [...sampledTiles(whole, 8, { seed: 1, epoch, index }).values];

  it("are some of it, once each and in order, by the key alone", () => {
    expect(new Set(drawn(0)).size).toBe(8);
    expect(drawn(0)).toEqual(drawn(0).toSorted((a, b) => a - b));
    expect([drawn(0), drawn(0, 1)]).not.toContainEqual(drawn(1));
    expect(drawn(3)).toEqual(drawn(3));
    expect(sampledTiles(whole, 50, { seed: 1, epoch: 0, index: 0 })).toBe(whole);
  });

  it("are each as likely as another", () => {
    const counts = new Array<number>(50).fill(0);
    for (let epoch = 0; epoch < 4000; epoch++) for (const tile of drawn(epoch)) counts[tile]!++;
    const expected = (4000 * 8) / 50;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(85.4); // 49 degrees of freedom, p = 0.001
  });
});

describe("a run on drawn tiles", () => {
  it("trains on as many, other ones in every pass, and scores all", async () => {
    const task = taskWith(configuration.model);
    await task.prepare(items);
    const numbers = async (step: number) => {
      const { inputs } = await trainingBatch(items.train, task, 1, step);
      expect(inputs[0]!.shape).toEqual([16, features]);
      return new Set(inputs[0]!.values.filter((_, i) => i % features === 0).map((each) => Math.round(each * 1e4)));
    };
    expect(await numbers(0)).not.toEqual(await numbers(6));
    const { batch } = await scoringBatch(items.train, task);
    expect(batch.inputs[0]!.shape[0]! % 16).toBe(0);
    const all = items.train.reduce((sum, { bagSize }) => sum + bagSize!.tiles, 0);
    expect(batch.inputs[1]!.values.reduce((sum, each) => sum + each, 0)).toBe(all);
  });

  it("continues from a checkpoint with the same numbers, bit for bit", async () => {
    const whole = new Session();
    await whole.run(given);
    const first = new Session();
    expect(await first.run(given, 19)).toBe("stopped");
    const second = new Session(first.blobs);
    await second.run({ ...given, resume: first.latest().bytes });
    expect(second.of("evaluation")).toEqual(whole.of("evaluation"));
    expect(second.latest().sha256).toBe(whole.latest().sha256);
    const test = whole.of("evaluation").find((event) => event.fold === "test")!;
    expect(meanAuc(test.predictions!, true)).toBeGreaterThan(0.9);
  });
});

const widths = { encoder: [8, 6], dropout: 0 } as const;
const poolable: [string, MilRunModel][] = [
  ["attention", { family: "attentionMil", ...widths, hidden: 4, attention: "plain" }],
  ["gated attention, no encoder", { family: "attentionMil", encoder: [], dropout: 0, hidden: 4, attention: "gated" }],
  ["embedding, max", { family: "embeddingMil", ...widths, pooling: "max" }],
  ["embedding, mean", { family: "embeddingMil", ...widths, pooling: "mean" }],
  ["instances, max", { family: "instanceMil", ...widths, pooling: "max" }],
  ["instances, mean", { family: "instanceMil", ...widths, pooling: "mean" }],
];

describe.each(poolable)("scored in parts, %s", (_, model) => {
  it.each([true, false])("gives what it gives of the whole bags, exclusive %s", async (exclusive) => {
    const [parts, whole] = [16, null].map((tiles) => taskWith(model, tiles, exclusive));
    const scores = [];
    for (const task of [parts!, whole!]) {
      await task.prepare(items);
      const network = openNetwork(task, 3);
      const { batch } = await scoringBatch(items.validation, task);
      scores.push(await network.score(batch));
      network.dispose();
    }
    const [inParts, atOnce] = scores;
    expect(inParts!.loss).toBeCloseTo(atOnce!.loss, 5);
    for (const [i, value] of inParts!.probabilities.entries()) expect(value).toBeCloseTo(atOnce!.probabilities[i]!, 5);
    expect(new Set(inParts!.probabilities).size).toBeGreaterThan(12);
  });
});

it("pools in parts what can be, whatever stands at padding, and nothing else", () => {
  const sizes = { features, classes: 2, exclusive: true };
  const others: MilRunModel[] = [
    { family: "embeddingMil", ...widths, pooling: "topK", k: 2 },
    { family: "instanceMil", ...widths, pooling: "topK", k: 2 },
    { family: "dualStreamMil", ...widths, hidden: 4 },
    { family: "transformerMil", ...widths, heads: 2, landmarks: null },
    { family: "tileLabelMil", ...widths },
  ];
  for (const each of others) {
    const model = { ...each, ...sizes } as MilModel & { exclusive: boolean };
    expect(canBePooledInParts(model)).toBe(false);
    expect(bagParts(milModel(model, 1), model)).toBeNull();
  }
  for (const [name, each] of poolable) {
    const model = { ...each, ...sizes } as MilModel & { exclusive: boolean };
    const built = milModel(model, 1);
    const parts = bagParts(built, model)!;
    const tiles = tf.randomNormal<tf.Rank.R3>([2, 6, features], 0, 1, "float32", 4);
    const mask = tf.tensor2d([
      [1, 1, 0, 0, 0, 0],
      [1, 1, 1, 1, 1, 0],
    ]);
    const dirty = tiles.add<tf.Tensor3D>(tf.sub(1, mask).expandDims(2).mul(1e3));
    const cut = [0, 2, 4].map((from) =>
      parts.part(dirty.slice([0, from, 0], [2, 2, features]), mask.slice([0, from], [2, 2])),
    );
    const logits = parts.logits(cut.slice(1).reduce((before, part) => parts.merge(before, part), cut[0]!)).dataSync();
    const [expected] = built.apply([tiles, mask]) as tf.Tensor[];
    for (const [i, value] of expected!.dataSync().entries()) expect(logits[i], name).toBeCloseTo(value, 5);
  }
});
