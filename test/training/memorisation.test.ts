/** @file What a run on noisy labels tells of clean and of corrupted items. */
import type { ClassValues } from "@tessera/domain/classValues";
import { classificationDefaults } from "@tessera/domain/configuration/classification";
import { memorisationSeries as series } from "@tessera/domain/memorisation";
import { keyedRandom } from "@tessera/models/augmentation/random";
import { ClassMemorisation } from "@tessera/training/classification/memorisation";
import type { TrainingItem } from "@tessera/training/items";
import { watchedItems } from "@tessera/training/memorisation";
import { MaskMemorisation } from "@tessera/training/segmentation/memorisation";
import type { TrainOptions } from "@tessera/training/trainOptions";
import { beforeAll, describe, expect, it } from "vitest";
import { Session, tinyItems } from "./support/session.ts";

const size = 16;
const turned = ([absent, present]: ClassValues): ClassValues => [present!, absent!];

/** Dark or bright, with noise by which each item can be told from the others. */
function item(index: number, corrupted: boolean): TrainingItem {
  const random = keyedRandom({ seed: 7, epoch: 0, index });
  const trueValues: ClassValues = index % 2 === 0 ? [1, 0] : [0, 1];
  const image = Uint8Array.from({ length: size * size * 3 }, () => (index % 2) * 60 + 180 * random());
  return {
    itemId: `00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`,
    classValues: corrupted ? turned(trueValues) : trueValues,
    ...(corrupted && { corrupted: { trueValues } }),
    read: async () => ({ image, mask: new Uint8Array() }),
  };
}
const fold = (from: number, count: number, corruptedEvery: number) =>
  Array.from({ length: count }, (_, at) => item(from + at, (at + 1) % corruptedEvery === 0));

const configuration = {
  ...classificationDefaults,
  model: { family: "resnet", size, baseFilters: 4, blocks: [1, 1], stem: "3x3" } as const,
  optimizer: { ...classificationDefaults.optimizer, learningRate: 1e-2, schedule: "constant" as const },
  augmentation: { flip: false, rotate90: false, brightness: 0 },
  batchSize: 6,
  epochs: 40,
  threads: 1,
};
const items = { train: fold(0, 20, 5), validation: fold(20, 8, 99), test: fold(28, 8, 99) };
const given: Partial<TrainOptions> = { configuration, items, classes: 2, exclusive: true, noisyLabels: true };
const last = (session: Session, name: string) => session.points(name).at(-1)?.[1];

describe("a run on classes of which some are corrupted", () => {
  const whole = new Session();
  beforeAll(() => whole.run(given));

  it("tells both kinds of each epoch, and learns the corrupted ones later than the pattern", () => {
    for (const name of Object.values(series)) expect(whole.points(name), name).toHaveLength(configuration.epochs);
    const first = (name: string, from: number) => whole.points(name).findIndex(([, value]) => value >= from);
    expect(first(series.cleanFitted, 0.9)).toBeLessThan(first(series.corruptedFitted, 0.9));
    expect(last(whole, series.corruptedFitted)).toBe(1);
    expect(last(whole, series.corruptedAsTrue)).toBe(0);
    expect(last(whole, series.corruptedLoss)).toBeLessThan(whole.points(series.corruptedLoss)[2]![1]);
    expect(last(whole, series.corruptedChance)).toBe(0.5);
  });

  it("is the same run as one that tells nothing, bit for bit", async () => {
    const plain = new Session();
    await plain.run({ ...given, configuration: { ...configuration, epochs: 3 }, noisyLabels: false });
    expect(Object.values(series).flatMap((name) => plain.points(name))).toEqual([]);
    const told = new Session();
    await told.run({ ...given, configuration: { ...configuration, epochs: 3 } });
    expect(told.points("train/loss")).toEqual(plain.points("train/loss"));
    expect(told.latest().sha256).toBe(plain.latest().sha256);
  });

  it.each([2, 5, 9, 12])("goes on after a stop (%i) as if there had been none, wherever it comes", async (after) => {
    const short = { ...given, configuration: { ...configuration, epochs: 4 } };
    const uncut = new Session();
    await uncut.run(short);
    const first = new Session();
    expect(await first.run(short, after)).toBe("stopped");
    const second = new Session(first.blobs);
    await second.run({ ...short, resume: first.latest().bytes });
    for (const name of ["train/loss", ...Object.values(series)]) {
      const told = [first, second].flatMap((session) => session.points(name));
      expect(told, name).toEqual(uncut.points(name));
    }
    expect(second.latest().sha256).toBe(uncut.latest().sha256);
  });

  it("without a corrupted item tells of the clean ones alone", async () => {
    const clean = new Session();
    const train = fold(0, 20, 99);
    await clean.run({ ...given, items: { ...items, train }, configuration: { ...configuration, epochs: 1 } });
    expect(clean.points(series.cleanLoss)).toHaveLength(1);
    expect(clean.points(series.corruptedLoss)).toEqual([]);
    expect(clean.points(series.corruptedChance)).toEqual([]);
  });
});

it("a run on masks tells their losses, and the gap between clean and corrupted", async () => {
  const train = tinyItems.train.map((each, at) => ({ ...each, ...(at < 3 && { corrupted: { trueValues: null } }) }));
  const session = new Session();
  await session.run({ items: { ...tinyItems, train }, noisyLabels: true });
  expect(session.points(series.cleanLoss)).toHaveLength(3);
  expect(session.points(series.corruptedLoss)).toHaveLength(3);
  expect(session.points(series.cleanFitted)).toEqual([]);
});

const pixels = { image: new Uint8Array(), mask: new Uint8Array() };
const scored = (items: readonly Partial<TrainingItem>[], probabilities: number[]) => ({
  items: items as TrainingItem[],
  pixels: items.map(() => pixels),
  probabilities: Float32Array.from(probabilities),
});
const cost = (...probabilities: number[]) =>
  -probabilities.reduce((sum, p) => sum + Math.log(p), 0) / probabilities.length;

describe("the figures", () => {
  it("of exclusive classes are of items", async () => {
    const told = new ClassMemorisation(true);
    await told.add(
      scored(
        [
          { classValues: [1, 0, 0] },
          { classValues: [0, 1, 0] },
          { classValues: [0, 1, 0], corrupted: { trueValues: [1, 0, 0] } },
          { classValues: [0, 0, 1], corrupted: { trueValues: [1, 0, 0] } },
          { classValues: [0, 1, 0], corrupted: { trueValues: [0, 0, 1] } },
        ],
        [0.7, 0.2, 0.1, 0.5, 0.3, 0.2, 0.8, 0.1, 0.1, 0.2, 0.2, 0.6, 0.5, 0.25, 0.25],
      ),
    );
    const result = told.result();
    expect(result[series.cleanLoss]).toBeCloseTo(cost(0.7, 0.3), 6);
    expect(result[series.cleanFitted]).toBe(1 / 2);
    expect(result[series.corruptedLoss]).toBeCloseTo(cost(0.1, 0.6, 0.25), 6);
    expect(result[series.corruptedFitted]).toBe(1 / 3);
    expect(result[series.corruptedAsTrue]).toBe(1 / 3);
    expect(result[series.corruptedChance]).toBe(2 / 3);
  });

  it("of classes that are not exclusive are of values: one item may have both kinds", async () => {
    const told = new ClassMemorisation(false);
    await told.add(
      scored(
        [
          { classValues: [1, null, 0] },
          { classValues: [1, 1, 0], corrupted: { trueValues: [0, 1, 0] } },
          { classValues: [0, 1, 1], corrupted: { trueValues: [0, 0, 0] } },
        ],
        [0.9, 0.5, 0.2, 0.6, 0.3, 0.1, 0.4, 0.8, 0.25],
      ),
    );
    const result = told.result();
    expect(result[series.cleanLoss]).toBeCloseTo(cost(0.9, 0.8, 0.3, 0.9, 0.6), 6);
    expect(result[series.cleanFitted]).toBe(4 / 5);
    expect(result[series.corruptedLoss]).toBeCloseTo(cost(0.6, 0.8, 0.25), 6);
    expect(result[series.corruptedFitted]).toBe(2 / 3);
    expect(result[series.corruptedChance]).toBe(1); // each class's corrupted values are all "present"
  });

  it("of masks are nats per pixel and class, and a probability of 0 costs no more than float32 can say", async () => {
    const told = new MaskMemorisation();
    const of = (mask: number[]) => ({ image: new Uint8Array(), mask: Uint8Array.from(mask) });
    const two = [{ itemId: "a" }, { itemId: "b", corrupted: { trueValues: null } }] as unknown as TrainingItem[];
    await told.add({
      items: two,
      pixels: [of([1, 0]), of([1, 0])],
      probabilities: Float32Array.from([0.5, 0.25, 0, 0.5]),
    });
    expect(told.result()[series.cleanLoss]).toBeCloseTo(cost(0.5, 0.75), 6);
    expect(told.result()[series.corruptedLoss]).toBeCloseTo(cost(1e-7, 0.5), 5);
  });

  it("are of 2,000 items of each kind at most", () => {
    const many = Array.from({ length: 5000 }, (_, at) => item(at, at % 2 === 0 && at < 3000));
    const watched = watchedItems(many);
    expect(watched.filter(({ corrupted }) => corrupted)).toHaveLength(1500);
    expect(watched.filter(({ corrupted }) => !corrupted)).toEqual(
      many.filter(({ corrupted }) => !corrupted).slice(0, 2000),
    );
  });
});
