/** @file A run's net as an encoder of tiles: its head on the features gives what the run itself says of the same pictures. */
import { classificationDefaults } from "@tessera/domain/configuration/classification";
import type { ClassifierModel } from "@tessera/domain/configuration/classifier";
import { initEngine } from "@tessera/engine/backend";
import { withChannels } from "@tessera/models/augmentation/grey";
import { lookUp, normalizedValues } from "@tessera/models/augmentation/normalize";
import { keyedRandom } from "@tessera/models/augmentation/random";
import { type CheckpointState, writeCheckpoint } from "@tessera/training/checkpoint";
import { openNetwork } from "@tessera/training/network";
import { taskOf } from "@tessera/training/taskOf";
import { runEncoder } from "@tessera/training/tileEncoder";
import { beforeAll, expect, it } from "vitest";

const tiles = 5;
const classes = 3;
beforeAll(() => initEngine({ threads: 1 }));

const models: readonly (ClassifierModel & { readonly channels: 1 | 3 })[] = [
  { family: "resnet", size: 24, channels: 3, baseFilters: 6, blocks: [1, 1], stem: "3x3" },
  { family: "resnet", size: 16, channels: 1, baseFilters: 4, blocks: [1], stem: "3x3" },
  { family: "cbr", size: 32, channels: 3, net: "tiny" },
  { family: "mobilenetV2", size: 32, channels: 1, alpha: 0.25 },
];

it.each(models)("$family of $channels channels at $size px", async (model) => {
  const { size, channels } = model;
  const configuration = { ...classificationDefaults, model, threads: 1 };
  const network = openNetwork(taskOf(configuration, { classes, exclusive: true }), 4);
  const random = keyedRandom({ seed: 3, epoch: 0, index: 0 });
  const pixels = Uint8Array.from({ length: tiles * size * size * 3 }, () => 256 * random());
  const values = new Float32Array(tiles * size * size * channels);
  lookUp(withChannels(pixels, channels), normalizedValues, values);
  const batch = {
    items: tiles,
    inputs: [{ shape: [size, size, channels], values }],
    truth: new Float32Array(tiles * classes),
  };
  for (let at = 0; at < tiles; at++) batch.truth[at * classes + (at % classes)] = 1;
  for (let step = 0; step < 3; step++) await network.step(batch, 1e-2, step); // else the averages are those of a net at its start
  const { probabilities } = await network.score(batch);
  const { weights, optimizer } = network.state();
  network.dispose();
  const state: CheckpointState = {
    ...{ configuration, seed: 4, trainItems: tiles, classes, exclusive: true, step: 3, epoch: 1, epochLoss: 0 },
    ...{ validationScore: null, best: null },
  };

  const encoder = await runEncoder(writeCheckpoint({ state, weights, optimizer }), 1);
  const kernel = weights.get("head/kernel")!; // [features, classes]
  const bias = weights.get("head/bias")!.data;
  expect([encoder.size, encoder.features]).toEqual([size, kernel.shape[0]]);
  const features = await encoder.encode(pixels, tiles);
  expect(Math.max(...features) - Math.min(...features)).toBeGreaterThan(0.1);
  for (let tile = 0; tile < tiles; tile++) {
    const own = features.subarray(tile * encoder.features, (tile + 1) * encoder.features);
    const logits = [...bias].map((add, each) =>
      own.reduce((sum, value, at) => sum + value * kernel.data[at * classes + each]!, add),
    );
    const most = Math.max(...logits);
    const odds = logits.map((logit) => Math.exp(logit - most));
    const sum = odds.reduce((all, each) => all + each, 0);
    for (const [each, odd] of odds.entries()) expect(odd / sum).toBeCloseTo(probabilities[tile * classes + each]!, 4);
  }
  // A tile's features do not depend on what is beside it.
  const alone = await encoder.encode(pixels.subarray(0, size * size * 3), 1);
  expect(Math.max(...alone.map((value, at) => Math.abs(value - features[at]!)))).toBeLessThan(1e-4);
});

it("refuses a checkpoint of another task, and what is none", async () => {
  const task = { ...classificationDefaults, task: "segmentation" } as never;
  const state = {
    configuration: task,
    seed: 1,
    trainItems: 1,
    step: 1,
    epoch: 1,
    epochLoss: 0,
    validationScore: null,
    best: null,
  };
  const none = writeCheckpoint({ state, weights: new Map(), optimizer: new Map() });
  await expect(runEncoder(none, 1)).rejects.toThrow(/of a classification, got one of segmentation/);
  await expect(runEncoder(new Uint8Array(20), 1)).rejects.toMatchObject({ code: "BAD_FILE" });
});
