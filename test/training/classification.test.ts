import type { ClassValues } from "@tessera/domain/classValues";
import { classificationDefaults } from "@tessera/domain/configuration/classification";
import { type NoiseLoss, noiseLossNames, noiseLossValues } from "@tessera/domain/configuration/noiseLosses";
import type { Fold } from "@tessera/domain/words";
import { keyedRandom } from "@tessera/models/augmentation/random";
import { meanAuc } from "@tessera/models/metrics/classification";
import { scoringBatch, trainingBatch } from "@tessera/training/batches";
import { readCheckpoint } from "@tessera/training/checkpoint";
import type { TrainingItem } from "@tessera/training/items";
import { taskOf } from "@tessera/training/taskOf";
import type { TrainOptions } from "@tessera/training/trainOptions";
import { beforeAll, describe, expect, it } from "vitest";
import { Session } from "./support/session.ts";

const size = 16;

/** A bright square on the left where the first class is present, a ring on the right where the second is. */
function shapes(index: number, classValues: ClassValues, [left, right]: readonly [boolean, boolean]): TrainingItem {
  const random = keyedRandom({ seed: 3, epoch: 0, index });
  const image = new Uint8Array(size * size * 3);
  for (let i = 0; i < size * size; i++) {
    const [x, y] = [i % size, Math.floor(i / size)];
    const square = left && x >= 1 && x < 6 && y >= 5 && y < 10;
    const far = Math.hypot(x - 11, y - 8);
    const ring = right && far > 2 && far < 4;
    image.fill(60 + 60 * random() + (square || ring ? 110 : 0), i * 3, i * 3 + 3);
  }
  const id = index.toString(16).padStart(12, "0");
  return {
    itemId: `00000000-0000-4000-8000-${id}`,
    classValues,
    read: async () => ({ image, mask: new Uint8Array() }),
  };
}

const fold = (from: number, count: number, of: (index: number) => TrainingItem) =>
  Array.from({ length: count }, (_, each) => of(from + each));
const folds = (of: (index: number) => TrainingItem): Record<Fold, TrainingItem[]> => ({
  train: fold(0, 26, of),
  validation: fold(26, 14, of),
  test: fold(40, 14, of),
});

const configuration = {
  ...classificationDefaults,
  model: { family: "resnet", size, baseFilters: 4, blocks: [1, 1], stem: "3x3" } as const,
  optimizer: { ...classificationDefaults.optimizer, learningRate: 1e-2 },
  augmentation: { flip: false, rotate90: false, brightness: 0.1 },
  batchSize: 8,
  epochs: 6,
  threads: 1,
};

/** Square against ring. */
const binary = folds((index) => {
  const ring = index % 2 === 1;
  return shapes(index, ring ? [0, 1] : [1, 0], [!ring, ring]);
});
/** Each by itself; every fifth item tells nothing of the ring. */
const several = folds((index) => {
  const [square, ring] = [index % 2 === 1, index % 3 === 1];
  return shapes(index, [square ? 1 : 0, index % 5 === 0 ? null : ring ? 1 : 0], [square, ring]);
});
const given: Partial<TrainOptions> = { configuration, items: binary, classes: 2, exclusive: true };

describe("a run of two exclusive classes", () => {
  const whole = new Session();
  beforeAll(async () => expect(await whole.run(given)).toBe("succeeded"));

  it("learns to tell them apart on items that it has not seen", () => {
    const test = whole.of("evaluation").find((event) => event.fold === "test")!;
    expect(test.items).toEqual([]);
    expect(test.predictions!.map(({ itemId, truth }) => [itemId, truth])).toEqual(
      binary.test.map(({ itemId, classValues }) => [itemId, classValues]),
    );
    for (const { probabilities } of test.predictions!) expect(probabilities[0]! + probabilities[1]!).toBeCloseTo(1, 6);
    expect(meanAuc(test.predictions!, true)).toBeGreaterThan(0.9);
  });

  it("chooses its best checkpoint by the AUC of the second class on validation, which the evaluation gives again", () => {
    const validation = whole.of("evaluation").find((event) => event.fold === "validation")!;
    const best = whole.of("checkpoint").findLast(({ kind }) => kind === "best")!;
    expect(best.validationScore).toBe(meanAuc(validation.predictions!, true));
    const curve = whole.points("validation/auc");
    expect(curve.map(([step]) => step)).toEqual([4, 8, 12, 16, 20, 24]);
    expect(Math.max(...curve.map(([, value]) => value))).toBe(best.validationScore);
    for (const series of ["validation/accuracy", "validation/loss"]) expect(whole.points(series)).toHaveLength(6);
    expect(whole.points("validation/dice")).toEqual([]);
    expect(whole.of("sample")).toEqual([]);
  });

  it("continues bit for bit, and not as classes that stand by themselves", async () => {
    const first = new Session();
    expect(await first.run({ ...given, checkpointEverySteps: 2 }, 11)).toBe("stopped");
    const second = new Session(first.blobs);
    expect(await second.run({ ...given, resume: first.latest().bytes })).toBe("succeeded");
    expect(second.latest().sha256).toBe(whole.latest().sha256);
    const other = new Session(first.blobs).run({ ...given, exclusive: false, resume: first.latest().bytes });
    await expect(other).rejects.toThrow("another exclusive: true, now false");
  });

  it("starts from another run's weights, or from all but its head", async () => {
    const starts = async (part: "all" | "encoder", classes: number) => {
      const startingWeights = { kind: "run", runId: "", part } as const;
      const session = new Session();
      const start = { ...given, classes, configuration: { ...configuration, startingWeights, epochs: 1 } };
      const items = folds((index) => {
        const values: ClassValues = index % 2 === 1 ? [0, 1] : [1, 0];
        return shapes(index, classes === 2 ? values : [...values, 0], [index % 2 === 0, index % 2 === 1]);
      });
      await session.run({ ...start, items, startingWeights: whole.latest().bytes }, 0);
      return session
        .of("log")
        .map(({ message }) => message)
        .join("\n");
    };
    expect(await starts("all", 2)).toMatch(/Starting weights \(all\): \d+ loaded: .*head\/kernel/);
    const encoder = await starts("encoder", 3);
    expect(encoder).toMatch(/Starting weights \(encoder\): \d+ loaded: .*stem\/conv\/kernel/);
    expect(encoder).not.toMatch(/head/);
  });
});

describe("a run of classes that stand by themselves", () => {
  it("learns each where it is known, and keeps what is not known as such", async () => {
    const session = new Session();
    expect(await session.run({ ...given, items: several, exclusive: false })).toBe("succeeded");
    const test = session.of("evaluation").find((event) => event.fold === "test")!;
    expect(test.predictions!.map(({ truth }) => truth)).toEqual(several.test.map(({ classValues }) => classValues));
    expect(test.predictions!.filter(({ truth }) => truth.includes(null)).length).toBeGreaterThan(1);
    expect(meanAuc(test.predictions!, false)).toBeGreaterThan(0.9);
    expect(readCheckpoint(session.latest().bytes).state.exclusive).toBeUndefined();
  });

  it("weighs a value that is not known with 0, whatever it is", async () => {
    const task = taskOf(configuration, { classes: 2, exclusive: false });
    const { batch } = await scoringBatch(several.train.slice(0, 6), task);
    expect([...batch.truth]).toEqual([0, 0, 1, 1, 0, 0, 1, 0, 0, 1, 1, 0]);
    expect([...batch.weights!]).toEqual([1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
  });
});

it("varies the image alone, as the seed and the step say", async () => {
  const task = taskOf(configuration, { classes: 2, exclusive: true });
  const [first, again, other] = await Promise.all([0, 0, 4].map((step) => trainingBatch(binary.train, task, 1, step)));
  expect(first).toEqual(again);
  expect(first!.weights).toBeUndefined();
  expect(first!.truth.reduce((sum, value) => sum + value)).toBe(configuration.batchSize); // one class per item
  expect(other!.inputs).not.toEqual(first!.inputs);
});

it("refuses a validation fold on which AUC is undefined", async () => {
  const items = { ...binary, validation: binary.validation.filter((_, index) => index % 2 === 0) };
  await expect(new Session().run({ ...given, items })).rejects.toThrow("No class is both present and absent");
});

it.each(noiseLossNames)(
  "%s falls in a short run, of exclusive classes and of several, also where some are unknown",
  async (name) => {
    for (const labels of [{}, { items: several, exclusive: false }]) {
      const session = new Session();
      const loss = { name, ...noiseLossValues[name] } as NoiseLoss;
      await session.run({ ...given, ...labels, configuration: { ...configuration, loss, epochs: 4 } });
      const losses = session.points("train/epochLoss").map(([, value]) => value);
      expect(losses.every(Number.isFinite)).toBe(true);
      expect(losses.at(-1)).toBeLessThan(losses[0]!);
    }
  },
);
