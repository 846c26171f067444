import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { keyedRandom } from "@tessera/models/augmentation/random";
import { trainingBatch } from "@tessera/training/batches";
import type { TrainingItem } from "@tessera/training/items";
import { depthFor, Prefetch } from "@tessera/training/prefetch";
import { taskOf } from "@tessera/training/taskOf";
import { describe, expect, it } from "vitest";
import { discItem } from "./support/items.ts";

const never = new AbortController().signal;
const steps = 12; // 4 epochs of 3
const configuration = { ...segmentationDefaults, model: { ...segmentationDefaults.model, size: 16 }, batchSize: 4 };
const held = Array.from({ length: 10 }, (_, i) => discItem(i, 16));

/** The same items, each read late by 0 to 4 ms, drawn anew at every read. */
function late(seed: number): TrainingItem[] {
  const random = keyedRandom({ seed, epoch: 0, index: 0 });
  return held.map(({ itemId, image, mask }) => ({
    itemId,
    read: async () => {
      await pause(Math.floor(5 * random()));
      return { image, mask };
    },
  }));
}

/** The SHA-256 of each batch's bytes. */
async function taken(items: readonly TrainingItem[], depth: number, from = 0): Promise<string[]> {
  const make = (step: number) => trainingBatch(items, taskOf(configuration), 3, step);
  const batches = new Prefetch({ make, from, end: steps, depth });
  const all: string[] = [];
  for (let step = from; step < steps; step++) {
    const { inputs, truth } = (await batches.next(never))!;
    all.push(createHash("sha256").update(inputs[0]!.values).update(truth).digest("hex"));
  }
  return all;
}

describe("batches made ahead", () => {
  it("are equal byte for byte, in the same order, however many are made at once and however late their items come", async () => {
    const alone = await taken(held, 1);
    expect(new Set(alone).size).toBe(steps);
    for (const depth of [1, 2, 4]) expect(await taken(late(depth), depth)).toEqual(alone);
  });

  it("and from whatever step they begin, as after a resume", async () => {
    const alone = await taken(held, 1);
    for (const from of [1, 5, 11]) expect(await taken(late(from), 3, from)).toEqual(alone.slice(from));
  });
});

describe("Prefetch", () => {
  /** Batches that are made when the test says so. */
  function byHand(end: number, depth: number) {
    const started: number[] = [];
    const finish = new Map<number, { resolve: (value: number) => void; reject: (error: Error) => void }>();
    const make = (number: number) =>
      new Promise<number>((resolve, reject) => {
        started.push(number);
        finish.set(number, { resolve, reject });
      });
    return { started, finish, batches: new Prefetch({ make, from: 0, end, depth }) };
  }

  it("makes no more than its depth ahead, and hands out in order whatever is ready first", async () => {
    const { started, finish, batches } = byHand(6, 3);
    expect(started).toEqual([0, 1, 2]);
    finish.get(2)!.resolve(2);
    finish.get(1)!.resolve(1);
    const first = batches.next(never);
    await pause(1);
    expect(started).toEqual([0, 1, 2]); // 0 is still under way
    finish.get(0)!.resolve(0);
    expect(await first).toBe(0);
    expect(started).toEqual([0, 1, 2, 3]);
    expect(await batches.next(never)).toBe(1);
    expect(await batches.next(never)).toBe(2);
    expect(started).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("gives null at once when it is to halt, also while it waits", async () => {
    const { batches } = byHand(6, 2);
    const halting = new AbortController();
    const waiting = batches.next(halting.signal);
    halting.abort("cancel");
    expect(await waiting).toBeNull();
    expect(await batches.next(halting.signal)).toBeNull();
  });

  it("fails the batch that could not be made, when its turn comes", async () => {
    const { finish, batches } = byHand(3, 2);
    finish.get(1)!.reject(new Error("damaged"));
    await pause(1); // nobody has asked for it yet
    finish.get(0)!.resolve(0);
    expect(await batches.next(never)).toBe(0);
    await expect(batches.next(never)).rejects.toThrow("damaged");
  });

  it("keeps 256 MiB of batches, but always one and never more than four", () => {
    const mebibyte = 2 ** 20;
    expect([1, 64, 100, 128, 200, 4000].map((size) => depthFor(size * mebibyte))).toEqual([4, 4, 2, 2, 1, 1]);
  });
});
