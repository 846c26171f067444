import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { epochSteps } from "@tessera/domain/configuration/training";
import { trainingBatch } from "@tessera/training/batches";
import { batchOf, drawsOf, passOrder } from "@tessera/training/batchOrder";
import { isSampledEpoch, sampledItems } from "@tessera/training/samples";
import { diceOf } from "@tessera/training/segmentation/score";
import { taskOf } from "@tessera/training/taskOf";
import { describe, expect, it } from "vitest";
import { discItem } from "./support/items.ts";

describe("the order of items", () => {
  it("holds each item once, and differs by epoch and by seed", () => {
    const order = passOrder(50, 1, 0);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(passOrder(50, 1, 0)).toEqual(order);
    expect(passOrder(50, 1, 1)).not.toEqual(order);
    expect(passOrder(50, 2, 0)).not.toEqual(order);
  });

  it("fills the last batch from the start of the same epoch", () => {
    const order = Uint32Array.of(4, 2, 0, 3, 1);
    expect(epochSteps(5, { batchSize: 2, stepsPerEpoch: null })).toBe(3);
    expect([0, 1, 2].map((step) => batchOf(order, step, 2))).toEqual([
      [4, 2],
      [0, 3],
      [1, 4],
    ]);
    expect(batchOf(Uint32Array.of(1, 0), 0, 5)).toEqual([1, 0, 1, 0, 1]); // fewer items than one batch
  });
});

describe("epochs of a fixed length", () => {
  const length = { batchSize: 4, stepsPerEpoch: 3 };
  const drawn = (items: number, steps: number) =>
    Array.from({ length: steps }, (_, step) => drawsOf(items, 1, step, length)).flat();

  it("pass the items again and again, each pass whole and in an order of its own", () => {
    expect(epochSteps(10, length)).toBe(3);
    const draws = drawn(10, 5);
    for (const pass of [0, 1]) {
      const order = draws.slice(pass * 10, (pass + 1) * 10);
      expect(order.map(({ index }) => index)).toEqual([...passOrder(10, 1, pass)]);
      expect(new Set(order.map((draw) => draw.pass))).toEqual(new Set([pass]));
    }
    expect(passOrder(10, 1, 0)).not.toEqual(passOrder(10, 1, 1));
  });

  it("draw a set smaller than a batch several times in it, varied anew each time", () => {
    expect(drawn(3, 3).map(({ pass }) => pass)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
    for (const pass of [0, 3]) {
      const indices = drawn(3, 3).flatMap((draw) => (draw.pass === pass ? [draw.index] : []));
      expect(indices.sort()).toEqual([0, 1, 2]);
    }
  });

  it("leave an epoch of one pass as it was", () => {
    const draws = [0, 1, 2, 3].map((step) => drawsOf(5, 1, step, { batchSize: 2, stepsPerEpoch: null }));
    const [first, second] = [passOrder(5, 1, 0), passOrder(5, 1, 1)];
    expect(draws.map((each) => each.map(({ index }) => index))).toEqual([
      [first[0], first[1]],
      [first[2], first[3]],
      [first[4], first[0]],
      [second[0], second[1]],
    ]);
    expect(draws.map((each) => each[0]!.pass)).toEqual([0, 0, 0, 1]);
  });
});

describe("a training batch", () => {
  const items = Array.from({ length: 6 }, (_, i) => discItem(i, 16));
  const configuration = { ...segmentationDefaults, model: { ...segmentationDefaults.model, size: 16 }, batchSize: 3 };

  it("depends on seed and step alone: two made at once are as two made in turn", async () => {
    const [a, b] = await Promise.all([2, 3].map((step) => trainingBatch(items, taskOf(configuration), 5, step)));
    expect(await trainingBatch(items, taskOf(configuration), 5, 3)).toEqual(b);
    expect(await trainingBatch(items, taskOf(configuration), 5, 2)).toEqual(a);
    expect(a).not.toEqual(b);
  });

  it("varies an item differently in the next epoch", async () => {
    const one = [items[0]!];
    const batchSizeOne = { ...configuration, batchSize: 1 };
    const epochs = await Promise.all([0, 1, 2, 3].map((step) => trainingBatch(one, taskOf(batchSizeOne), 5, step)));
    expect(new Set(epochs.map(({ images }) => String(images))).size).toBe(4);
  });
});

describe("samples", () => {
  it("are the same 6 items in whatever order these come", () => {
    const items = Array.from({ length: 20 }, (_, i) => discItem(i, 4));
    const chosen = sampledItems(items);
    expect(chosen.size).toBe(6);
    expect(sampledItems([...items].reverse())).toEqual(chosen);
  });

  it("come in every epoch up to 40, else in every k-th and the last", () => {
    const of = (epochs: number) =>
      Array.from({ length: epochs }, (_, i) => i + 1).filter((epoch) => isSampledEpoch(epoch, epochs));
    expect(of(40)).toHaveLength(40);
    expect(of(100).slice(0, 2)).toEqual([3, 6]);
    expect(of(100).at(-1)).toBe(100);
  });
});

describe("scoring", () => {
  it("has no Dice where truth and prediction are both empty", () => {
    const counts = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 9 };
    expect(diceOf(counts)).toBeNull();
    expect(diceOf({ ...counts, falsePositives: 1 })).toBe(0);
    expect(diceOf({ ...counts, truePositives: 2, falsePositives: 1, falseNegatives: 1 })).toBe(
      (2 * 2) / (2 * 2 + 1 + 1),
    );
  });
});
