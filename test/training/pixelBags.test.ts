import { type MilConfiguration, milDefaults } from "@tessera/domain/configuration/milRun";
import type { Fold } from "@tessera/domain/words";
import { initEngine } from "@tessera/engine/backend";
import { keyedRandom } from "@tessera/models/augmentation/random";
import { meanAuc } from "@tessera/models/metrics/classification";
import { scoringBatch } from "@tessera/training/batches";
import type { TrainingItem } from "@tessera/training/items";
import { openNetwork } from "@tessera/training/network";
import { planTask } from "@tessera/training/runPlan";
import { taskOf } from "@tessera/training/taskOf";
import { beforeAll, describe, expect, it } from "vitest";
import { Session } from "./support/session.ts";

beforeAll(() => initEngine({ threads: 1 }));

const side = 16;
const features = side * side;

/** 3 to 12 tiles of noise; in one of a positive bag's a ring of bright pixels stands anywhere. Every tile has the same mean. */
function bag(index: number): TrainingItem {
  const random = keyedRandom({ seed: 21, epoch: 0, index });
  const positive = index % 2 === 1;
  const tiles = 3 + Math.floor(10 * random());
  const values = Float32Array.from({ length: tiles * features }, () => 0.3 * random());
  if (positive) {
    const [tile, top, left] = [tiles, side - 5, side - 5].map((most) => Math.floor(most * random()));
    for (let row = 0; row < 5; row++) {
      for (let column = 0; column < 5; column++) {
        const ring = row % 4 === 0 || column % 4 === 0;
        values[tile! * features + (top! + row) * side + left! + column] = ring ? 1 : 0;
      }
    }
  }
  for (let tile = 0; tile < tiles; tile++) {
    const of = values.subarray(tile * features, (tile + 1) * features);
    const mean = of.reduce((sum, value) => sum + value, 0) / features;
    for (const [at, value] of of.entries()) of[at] = value - mean;
  }
  return {
    itemId: `00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`,
    classValues: positive ? [0, 1] : [1, 0],
    bagSize: { tiles, features },
    read: async () => ({ image: new Uint8Array(), mask: new Uint8Array(), bag: { tiles, features, values } }),
  };
}
const fold = (from: number, count: number) => Array.from({ length: count }, (_, each) => bag(from + each));
const items: Record<Fold, TrainingItem[]> = { train: fold(0, 80), validation: fold(80, 20), test: fold(100, 40) };
const configuration: MilConfiguration = {
  ...milDefaults,
  model: { family: "attentionMil", convolution: "lenet", encoder: [32], dropout: 0, hidden: 16, attention: "gated" },
  scaling: "none",
  optimizer: { ...milDefaults.optimizer, learningRate: 1e-3 },
  batchSize: 4,
  epochs: 20,
  threads: 1,
};
const given = { configuration, items, classes: 2, exclusive: true };
const taskWith = (more: Partial<MilConfiguration>) =>
  taskOf({ ...configuration, ...more }, { classes: 2, exclusive: true, items: Object.values(items).flat() });

describe("bags of pixels", () => {
  it("let a convolution learn a shape that stands anywhere in one tile", async () => {
    const session = new Session();
    expect(await session.run(given)).toBe("succeeded");
    const test = session.of("evaluation").find((event) => event.fold === "test")!;
    expect(meanAuc(test.predictions!, true)).toBeGreaterThan(0.95);
  });

  it("are padded to few tiles, as a convolution of padding costs what one of a tile does", async () => {
    const { batch } = await scoringBatch(items.validation.slice(0, 1), taskWith({}));
    expect(batch.inputs[0]!.shape).toEqual([8, features]); // the bag has fewer
  });

  it("give in parts what they give whole", async () => {
    const scores = [];
    for (const tiles of [4, null]) {
      const task = taskWith({ bag: { tiles } });
      const network = openNetwork(task, 3);
      scores.push(await network.score((await scoringBatch(items.validation, task)).batch));
      network.dispose();
    }
    const [inParts, atOnce] = scores;
    for (const [i, value] of inParts!.probabilities.entries()) expect(value).toBeCloseTo(atOnce!.probabilities[i]!, 5);
    expect(new Set(inParts!.probabilities).size).toBeGreaterThan(20);
  });

  it("have what their tiles take in the plan of the run's memory", () => {
    const peak = (more: Partial<MilConfiguration>) => planTask(taskWith(more), 0).stepBytes;
    const { convolution: _, ...dense } = configuration.model;
    const maps = 4 * 12 * 12 * 20; // bytes of a tile's first convolution
    expect(peak({}) - peak({ model: dense })).toBeGreaterThan(4 * 12 * maps); // 4 bags of up to 12 tiles
    expect(peak({ bag: { tiles: 3 } })).toBeLessThan(peak({}) / 2);
  });

  it("are refused before training where the features are no picture", async () => {
    const flat = { train: items.train.map(cut), validation: items.validation.map(cut), test: items.test.map(cut) };
    await expect(new Session().run({ ...given, items: flat })).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: expect.stringContaining("model.convolution: expected tiles that are square pictures"),
    });
  });
});

const cut = (item: TrainingItem): TrainingItem => ({ ...item, bagSize: { tiles: item.bagSize!.tiles, features: 255 } });
