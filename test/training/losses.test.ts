/** @file Every loss in a run: it learns, with the weights of pixels that it takes, and a continued run is as one that never stopped. */

import { completeLoss, type LossConfiguration, segmentationLosses } from "@tessera/domain/configuration/loss";
import { pixelWeightsFor } from "@tessera/models/losses/pixelWeights";
import { batchBytes, scoringBatch, trainingBatch } from "@tessera/training/batches";
import { batchParts } from "@tessera/training/batchParts";
import { readCheckpoint, writeCheckpoint } from "@tessera/training/checkpoint";
import { taskOf } from "@tessera/training/taskOf";
import { describe, expect, it } from "vitest";
import { Session, tiny, tinyItems } from "./support/session.ts";

const weightedLosses = ["weightedCrossEntropy", "boundaryCrossEntropy"] as const;
const { size } = tiny.model;
const pixels = size * size;
const withLoss = (loss: LossConfiguration) => ({ ...tiny, loss });

it.each(segmentationLosses)("%s falls in a short run, in training and on validation", async (name) => {
  const session = new Session();
  const optimizer = { ...tiny.optimizer, learningRate: 2e-2, schedule: "constant" } as const;
  await session.run({ configuration: { ...withLoss(completeLoss(name)), optimizer, epochs: 12 } });
  for (const series of ["train/epochLoss", "validation/loss"]) {
    const values = session.points(series).map(([, loss]) => loss);
    expect(values.every(Number.isFinite), series).toBe(true);
    expect(Math.min(...values.slice(-3)), series).toBeLessThan(values[0]!);
  }
});

describe.each(weightedLosses)("%s", (name) => {
  const configuration = withLoss(completeLoss(name));
  const weigh = pixelWeightsFor(name)!;
  const ofMask = (mask: Float32Array) => {
    const into = new Float32Array(pixels);
    weigh(mask, size, size, into);
    return into;
  };

  it("weighs each mask of a batch as augmentation left it", async () => {
    const batch = await trainingBatch(tinyItems.train, taskOf(configuration), 1, 0);
    expect(batch.weights).toHaveLength(tiny.batchSize * pixels);
    for (let item = 0; item < tiny.batchSize; item++) {
      const part = (values: Float32Array) => values.slice(item * pixels, (item + 1) * pixels);
      expect(part(batch.weights!)).toEqual(ofMask(part(batch.truth)));
    }
    const plain = await trainingBatch(tinyItems.train, taskOf(tiny), 1, 0);
    expect(plain).toEqual({ items: batch.items, inputs: batch.inputs, truth: batch.truth });
  });

  it("weighs the masks that are scored, and counts the weights' bytes", async () => {
    const { batch } = await scoringBatch(tinyItems.validation, taskOf(configuration));
    expect(batch.weights!.slice(0, pixels)).toEqual(ofMask(batch.truth.slice(0, pixels)));
    expect(batchBytes(3, taskOf(configuration)) - batchBytes(3, taskOf(tiny))).toBe(3 * pixels * 4);
  });

  it("cuts the weights with the batch", async () => {
    const batch = await trainingBatch(tinyItems.train, taskOf(configuration), 1, 0);
    const parts = batchParts(batch, 3);
    expect(parts.map(({ weights }) => weights!.length)).toEqual([3 * pixels, pixels]);
    expect(parts[1]!.weights).toEqual(batch.weights!.subarray(3 * pixels));
  });

  it("goes on after a stop as if there had been none, bit for bit, in parts and averaged too", async () => {
    const optimizer = { ...tiny.optimizer, accumulationSteps: 2, emaDecay: 0.9 };
    const whole = new Session();
    await whole.run({ configuration: { ...configuration, optimizer } });
    const first = new Session();
    expect(await first.run({ configuration: { ...configuration, optimizer } }, 6)).toBe("stopped");
    const resume = first.latest().bytes;
    const second = new Session(first.blobs);
    await second.run({ configuration: { ...configuration, optimizer }, resume });
    const losses = (...sessions: Session[]) => sessions.flatMap((each) => each.points("train/loss"));
    expect(losses(first).length).toBeGreaterThan(0);
    expect(losses(first, second)).toEqual(losses(whole));
    expect(second.latest().sha256).toBe(whole.latest().sha256);
    expect(second.of("evaluation")).toEqual(whole.of("evaluation"));
  });

  it("trains by its weights: others are another run", async () => {
    const losses = async (more: object) => {
      const session = new Session();
      await session.run({ configuration: withLoss({ ...configuration.loss, ...more } as LossConfiguration) });
      return session.points("train/loss").map(([, loss]) => loss);
    };
    const [own, again, wider] = [await losses({}), await losses({}), await losses({ sigma: 1 })];
    expect(again).toEqual(own);
    if (name === "boundaryCrossEntropy") expect(wider).not.toEqual(own);
    else expect(wider).toEqual(own); // one disc each: no gap between two pieces
  });
});

it("continues a checkpoint of when a loss was a name only", async () => {
  const whole = new Session();
  await whole.run();
  const first = new Session();
  await first.run({}, 4);
  const checkpoint = readCheckpoint(first.latest().bytes);
  const state = { ...checkpoint.state, configuration: { ...tiny, loss: "softDiceCrossEntropy" as never } };
  const second = new Session(first.blobs);
  await second.run({ resume: writeCheckpoint({ ...checkpoint, state }) });
  expect(second.points("train/loss").at(-1)).toEqual(whole.points("train/loss").at(-1));
  expect(second.latest().sha256).toBe(whole.latest().sha256);
});
