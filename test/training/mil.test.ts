import type { MilConfiguration, MilRunModel } from "@tessera/domain/configuration/milRun";
import { milDefaults } from "@tessera/domain/configuration/milRun";
import type { Fold } from "@tessera/domain/words";
import { keyedRandom } from "@tessera/models/augmentation/random";
import { meanAuc } from "@tessera/models/metrics/classification";
import { scoringBatch } from "@tessera/training/batches";
import type { TrainingItem } from "@tessera/training/items";
import { MultipleInstance } from "@tessera/training/mil/task";
import { taskOf } from "@tessera/training/taskOf";
import type { TrainOptions } from "@tessera/training/trainOptions";
import { describe, expect, it } from "vitest";
import { Session } from "./support/session.ts";

const features = 4;

/** A bag of 3 to 20 tiles; a positive one has one tile far off in the second feature, whose unit is a thousandth of the others'. */
function bag(index: number): TrainingItem {
  const random = keyedRandom({ seed: 5, epoch: 0, index });
  const positive = index % 2 === 1;
  const tiles = 3 + Math.floor(18 * random());
  const values = Float32Array.from(
    { length: tiles * features },
    (_, i) => (random() - 0.5) * (i % features === 1 ? 1e-3 : 1),
  );
  if (positive) values[Math.floor(tiles * random()) * features + 1] = 4e-3;
  return {
    itemId: `00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`,
    classValues: positive ? [0, 1] : [1, 0],
    bagSize: { tiles, features },
    read: async () => ({ image: new Uint8Array(), mask: new Uint8Array(), bag: { tiles, features, values } }),
  };
}

const fold = (from: number, count: number) => Array.from({ length: count }, (_, each) => bag(from + each));
const items: Record<Fold, TrainingItem[]> = { train: fold(0, 40), validation: fold(40, 16), test: fold(56, 20) };
const configuration: MilConfiguration = {
  ...milDefaults,
  model: { family: "attentionMil", encoder: [8], dropout: 0, hidden: 4, attention: "gated" },
  optimizer: { ...milDefaults.optimizer, learningRate: 1e-2 },
  batchSize: 4,
  epochs: 12,
  threads: 1,
};
const given: Partial<TrainOptions> = { configuration, items, classes: 2, exclusive: true };
const withModel = (model: MilRunModel): Partial<TrainOptions> => ({
  ...given,
  configuration: { ...configuration, model, epochs: 60 },
});

async function testAuc(options: Partial<TrainOptions>): Promise<number> {
  const session = new Session();
  expect(await session.run(options)).toBe("succeeded");
  const test = session.of("evaluation").find((event) => event.fold === "test")!;
  expect(test.predictions!.map(({ itemId }) => itemId)).toEqual(items.test.map(({ itemId }) => itemId));
  return meanAuc(test.predictions!, true)!;
}

describe("a run on bags", () => {
  const widths = { encoder: [8], dropout: 0 } as const;
  it.each<[string, MilRunModel, number?]>([
    ["gated attention", configuration.model],
    ["instances, top 2", { family: "instanceMil", ...widths, pooling: "topK", k: 2 }],
    ["embedding, max", { family: "embeddingMil", ...widths, pooling: "max" }],
    ["dual streams", { family: "dualStreamMil", ...widths, hidden: 4 }],
    ["slide label to tiles, whose mean drowns one tile", { family: "tileLabelMil", ...widths }, 0.7],
  ])("finds the one tile that makes a bag positive: %s", async (_, model, least = 0.9) => {
    expect(await testAuc(withModel(model))).toBeGreaterThan(least);
  });

  it("finds it by tiles that see each other, which takes more bags", async () => {
    const model = { family: "transformerMil", encoder: [16], dropout: 0, heads: 2, landmarks: 8 } as const;
    const optimizer = { ...configuration.optimizer, learningRate: 1e-3 };
    const more = { ...items, train: fold(100, 240) };
    const longer = { ...configuration, model, optimizer, epochs: 10 };
    expect(await testAuc({ ...given, configuration: longer, items: more })).toBeGreaterThan(0.9);
  });

  it("keeps, of epochs with the same AUC, the one with the lowest validation loss", async () => {
    const session = new Session();
    await session.run({ ...given, configuration: { ...configuration, epochs: 40 } });
    const aucs = new Map(session.points("validation/auc"));
    const highest = Math.max(...aucs.values());
    const tied = session.points("validation/loss").filter(([step]) => aucs.get(step) === highest);
    expect(tied.length).toBeGreaterThan(2);
    const lowest = Math.min(...tied.map(([, loss]) => loss));
    expect(tied[0]![1]).toBeGreaterThan(lowest); // the earliest is another
    const best = session.of("checkpoint").findLast(({ kind }) => kind === "best")!;
    expect([best.validationScore, best.step]).toEqual([highest, tied.find(([, loss]) => loss === lowest)![0]]);
  });

  describe("that keeps its last epoch", () => {
    const last = { ...given, configuration: { ...configuration, epochs: 40, choose: "last" } as const };
    const unvalidated = { ...last, items: { ...items, validation: [] } };

    it("scores that one, whatever validation says of others", async () => {
      const session = new Session();
      await session.run(last);
      expect(
        session
          .of("checkpoint")
          .filter(({ kind }) => kind === "best")
          .map(({ epoch }) => epoch),
      ).toEqual([40]);
      expect(session.points("validation/auc")).toHaveLength(40);
      expect(session.of("evaluation").map(({ fold, checkpointStep }) => [fold, checkpointStep])).toEqual([
        ["validation", 400],
        ["test", 400],
      ]);
    });

    it("needs no validation fold, and learns the same without one", async () => {
      const [validated, session] = [new Session(), new Session()];
      await validated.run(last);
      expect(await session.run(unvalidated)).toBe("succeeded");
      const test = validated.of("evaluation").filter(({ fold }) => fold === "test");
      expect(session.of("evaluation")).toEqual(test);
      expect(session.points("validation/auc").length + session.points("validation/loss").length).toBe(0);
      expect(session.points("train/epochLoss")).toHaveLength(40);
    });

    it("needs one where it chooses", async () => {
      const choosing = { ...unvalidated, configuration };
      await expect(new Session().run(choosing)).rejects.toThrow(
        'no item in validation; choose another split, or keep the last epoch (choose: "last")',
      );
    });
  });

  it("drops other features at every step", async () => {
    const losses = async (dropout: number) => {
      const session = new Session();
      const one = { ...items, train: items.train.slice(1, 2) }; // one bag: no other order of a batch changes the loss
      const model = { ...configuration.model, dropout };
      const optimizer = { ...configuration.optimizer, learningRate: 1e-12 }; // all but still: only what is dropped changes
      await session.run({
        ...given,
        configuration: { ...configuration, model, optimizer, batchSize: 1, epochs: 3 },
        items: one,
      });
      return new Set(session.points("train/loss").map(([, loss]) => loss.toFixed(5))).size;
    };
    expect([await losses(0), await losses(0.4)]).toEqual([1, 3]);
  });

  it("does not find it in the raw unit, a thousandth of the others, where features are taken as they came", async () => {
    const raw: MilConfiguration = { ...configuration, scaling: "none" };
    expect(await testAuc({ ...given, configuration: raw })).toBeLessThan(0.8);
  });

  it.each([0, 0.4])(
    "continues from a checkpoint with the same numbers, bit for bit, with dropout %d",
    async (dropout) => {
      const model = { ...configuration.model, dropout };
      const dropping = { ...given, configuration: { ...configuration, model } };
      const whole = new Session();
      await whole.run(dropping);
      const first = new Session();
      expect(await first.run(dropping, 47)).toBe("stopped");
      const second = new Session(first.blobs);
      await second.run({ ...dropping, resume: first.latest().bytes });
      const cut = first.latest().step;
      expect([...first.points("train/loss").slice(0, cut), ...second.points("train/loss")]).toEqual(
        whole.points("train/loss"),
      );
      expect(second.of("evaluation")).toEqual(whole.of("evaluation"));
    },
  );

  it("pads to the longest bag of a batch, scaled by the training bags alone", async () => {
    const task = taskOf(configuration, { classes: 2, exclusive: true, items: Object.values(items).flat() });
    expect(task).toBeInstanceOf(MultipleInstance);
    await task.prepare(items);
    const { batch } = await scoringBatch(items.train, task);
    const [tiles, mask] = batch.inputs;
    expect([tiles!.shape, mask!.shape]).toEqual([[20, features], [20]]);
    const counted = mask!.values.reduce((sum, each) => sum + each, 0);
    expect(counted).toBe(items.train.reduce((sum, { bagSize }) => sum + bagSize!.tiles, 0));
    for (let feature = 0; feature < features; feature++) {
      const seen = tiles!.values.filter(
        (_, i) => i % features === feature && mask!.values[Math.floor(i / features)] === 1,
      );
      const mean = seen.reduce((sum, each) => sum + each, 0) / seen.length;
      const variance = seen.reduce((sum, each) => sum + (each - mean) ** 2, 0) / seen.length;
      expect([mean, variance]).toEqual([expect.closeTo(0, 5), expect.closeTo(1, 4)]);
    }
  });

  it("refuses images, and bags of another encoder", () => {
    const { bagSize: _, ...image } = bag(0);
    expect(() => taskOf(configuration, { classes: 2, items: [bag(1), image] })).toThrow(
      /takes bags of tiles, and item .* is an image/,
    );
    const other = { ...bag(0), bagSize: { tiles: 3, features: 9 } };
    expect(() => taskOf(configuration, { classes: 2, items: [bag(1), other] })).toThrow("4 and 9 features");
  });
});
