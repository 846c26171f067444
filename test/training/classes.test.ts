import { countedThresholds } from "@tessera/domain/measures";
import { pixelCounts } from "@tessera/domain/pixelCounts";
import type { Fold } from "@tessera/domain/words";
import { keyedRandom } from "@tessera/models/augmentation/random";
import { readCheckpoint } from "@tessera/training/checkpoint";
import { itemInMemory } from "@tessera/training/items";
import { itemDice, scoredItems } from "@tessera/training/segmentation/score";
import type { TrainOptions } from "@tessera/training/trainOptions";
import { beforeAll, describe, expect, it } from "vitest";
import type { HeldItem } from "./support/items.ts";
import { Session, tiny } from "./support/session.ts";

/** A red disc (class 1) and a blue one (class 2) that may cover a part of it; every fourth item has no blue one. */
function twoDiscs(index: number, size: number): HeldItem {
  const random = keyedRandom({ seed: 21, epoch: 0, index });
  const image = new Uint8Array(size * size * 3);
  const mask = new Uint8Array(size * size);
  const place = () => [size * (0.2 + 0.6 * random()), size * (0.2 + 0.6 * random()), size * (0.15 + 0.1 * random())];
  const [red, blue] = [place(), place()];
  const within = ([x, y, radius]: number[], i: number) =>
    Math.hypot((i % size) - x!, Math.floor(i / size) - y!) <= radius!;
  for (let i = 0; i < mask.length; i++) {
    mask[i] = index % 4 > 0 && within(blue, i) ? 2 : within(red, i) ? 1 : 0;
    for (let channel = 0; channel < 3; channel++) {
      image[i * 3 + channel] = 30 + 30 * random() + (mask[i] === [1, 9, 2][channel] ? 150 : 0);
    }
  }
  const id = index.toString(16).padStart(12, "0");
  return { ...itemInMemory(`00000000-0000-4000-8000-${id}`, { image, mask }), image, mask };
}

const size = 32;
let next = 0;
const fold = (count: number) => Array.from({ length: count }, () => twoDiscs(next++, size));
const items: Record<Fold, HeldItem[]> = { train: fold(24), validation: fold(6), test: fold(5) };
const configuration = {
  ...tiny,
  model: { ...tiny.model, size, baseFilters: 8 },
  batchSize: 4,
  epochs: 8,
};
const given: Partial<TrainOptions> = { configuration, items, classes: 2 };
const whole = new Session();

beforeAll(async () => {
  expect(await whole.run(given)).toBe("succeeded");
});

describe("a run with two classes", () => {
  it("learns both of them", () => {
    const [test] = whole.of("evaluation").filter((event) => event.fold === "test");
    for (const classIndex of [0, 1]) {
      const dices = test!.items
        .filter((row) => row.classIndex === classIndex)
        .map(({ truePositives: tp, falsePositives: fp, falseNegatives: fn }) => (2 * tp) / (2 * tp + fp + fn))
        .filter((dice) => !Number.isNaN(dice));
      expect(dices.reduce((sum, dice) => sum + dice) / dices.length).toBeGreaterThan(0.7);
    }
  });

  it("has one row of counts per item and class, which its stored index map gives too", () => {
    const test = whole.of("evaluation").find((event) => event.fold === "test")!;
    expect(test.items.map(({ itemId, classIndex }) => [itemId, classIndex])).toEqual(
      items.test.flatMap(({ itemId }) => [
        [itemId, 0],
        [itemId, 1],
      ]),
    );
    for (const row of test.items) {
      const { mask } = items.test.find(({ itemId }) => itemId === row.itemId)!;
      const prediction = whole.blobs.get(row.predictionSha256)!;
      const of = (indices: Uint8Array) => indices.map((index) => (index === row.classIndex + 1 ? 1 : 0));
      expect(row).toMatchObject(pixelCounts(of(prediction), of(mask)));
    }
  });

  it("counts at its own threshold what it predicts, so that a prediction at any threshold is exclusive", () => {
    const at = countedThresholds.indexOf(configuration.threshold);
    for (const row of whole.of("evaluation").flatMap((event) => event.items)) {
      expect(row.thresholdCounts!.truePositives[at]).toBe(row.truePositives);
      expect(row.thresholdCounts!.falsePositives[at]).toBe(row.falsePositives);
    }
  });

  it("is judged by the mean over items and classes with a defined Dice", () => {
    const validation = whole.of("evaluation").find((event) => event.fold === "validation")!;
    const dices = validation.items
      .map(({ truePositives: tp, falsePositives: fp, falseNegatives: fn }) => (2 * tp) / (2 * tp + fp + fn))
      .filter((dice) => !Number.isNaN(dice));
    const best = whole.of("checkpoint").findLast(({ kind }) => kind === "best")!;
    expect(best.validationScore).toBeCloseTo(dices.reduce((sum, dice) => sum + dice) / dices.length, 12);
  });

  it("has a head of two filters, and says so in its checkpoints", () => {
    const { weights, state } = readCheckpoint(whole.latest().bytes);
    expect(weights.get("head/kernel")!.shape).toEqual([1, 1, 8, 2]);
    expect(state.classes).toBe(2);
  });

  it("continues bit for bit, and not as a run of one class", async () => {
    const first = new Session();
    expect(await first.run(given, 20)).toBe("stopped");
    const second = new Session(first.blobs);
    expect(await second.run({ ...given, resume: first.latest().bytes })).toBe("succeeded");
    expect(second.latest().sha256).toBe(whole.latest().sha256);
    await expect(new Session(first.blobs).run({ ...given, classes: 1, resume: first.latest().bytes })).rejects.toThrow(
      "another classes: 2, now 1",
    );
  });

  it("trains with weights of pixels, made of each class by itself", async () => {
    const session = new Session();
    const loss = { name: "boundaryCrossEntropy", weight: 5, sigma: 2 } as const;
    expect(await session.run({ ...given, configuration: { ...configuration, loss, epochs: 2 } })).toBe("succeeded");
    const losses = session.points("train/epochLoss").map(([, value]) => value);
    expect(losses[1]!).toBeLessThan(losses[0]!);
  });
});

it("gives each pixel to the class that is most probable there, the first of equals, where it reaches the threshold", async () => {
  const mask = Uint8Array.of(1, 2, 2, 0);
  const item = itemInMemory("a", { image: new Uint8Array(12), mask });
  const probabilities = Float32Array.of(0.9, 0.8, 0.6, 0.7, 0.5, 0.5, 0.4, 0.3); // [4 pixels, 2 classes]
  const [only] = await scoredItems(
    { items: [item], pixels: [await item.read()], probabilities },
    { size: 2, classes: 2, threshold: 0.5 },
  );
  expect([...only!.prediction]).toEqual([1, 2, 1, 0]);
  expect(itemDice(only!)).toBeCloseTo((2 / 3 + 2 / 3) / 2, 12);
});
