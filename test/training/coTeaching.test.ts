/** @file Co-teaching: which items teach, that neither network's gradient holds the other, and that a run goes on bit for bit. */
import * as tf from "@tensorflow/tfjs";
import type { ClassValues } from "@tessera/domain/classValues";
import {
  type ClassificationConfiguration,
  classificationDefaults,
  classificationProblems,
} from "@tessera/domain/configuration/classification";
import { expandGrid } from "@tessera/domain/configuration/grid";
import { itemsKept } from "@tessera/domain/configuration/method";
import { memorisationSeries as series } from "@tessera/domain/memorisation";
import { initEngine } from "@tessera/engine/backend";
import { keyedRandom } from "@tessera/models/augmentation/random";
import { readCheckpoint } from "@tessera/training/checkpoint";
import { coTeachingLoss } from "@tessera/training/coTeaching";
import type { TrainingItem } from "@tessera/training/items";
import { planRun } from "@tessera/training/runPlan";
import type { Task } from "@tessera/training/task";
import { taskOf } from "@tessera/training/taskOf";
import type { TrainOptions } from "@tessera/training/trainOptions";
import { beforeAll, describe, expect, it } from "vitest";
import { Session } from "./support/session.ts";

beforeAll(() => initEngine({ threads: 1 }));

const size = 16;
function item(index: number, corrupted: boolean): TrainingItem {
  const random = keyedRandom({ seed: 7, epoch: 0, index });
  const trueValues: ClassValues = index % 2 === 0 ? [1, 0] : [0, 1];
  const image = Uint8Array.from({ length: size * size * 3 }, () => (index % 2) * 60 + 180 * random());
  return {
    itemId: `00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`,
    classValues: corrupted ? (trueValues.toReversed() as ClassValues) : trueValues,
    ...(corrupted && { corrupted: { trueValues } }),
    read: async () => ({ image, mask: new Uint8Array() }),
  };
}
const fold = (from: number, count: number, corruptedEvery: number) =>
  Array.from({ length: count }, (_, at) => item(from + at, (at + 1) % corruptedEvery === 0));
const items = { train: fold(0, 20, 5), validation: fold(20, 8, 99), test: fold(28, 8, 99) };

const plain = {
  ...classificationDefaults,
  model: { family: "resnet", size, baseFilters: 4, blocks: [1, 1], stem: "3x3" } as const,
  optimizer: { ...classificationDefaults.optimizer, learningRate: 1e-2, schedule: "constant" as const },
  augmentation: { flip: false, rotate90: false, brightness: 0 },
  batchSize: 10,
  epochs: 4,
  threads: 1,
};
const taught = (forgetRate: number, warmUpEpochs = 2) => ({
  ...plain,
  method: { kind: "coTeaching" as const, forgetRate, warmUpEpochs },
});
const given = (configuration: TrainOptions["configuration"]): Partial<TrainOptions> => ({
  configuration,
  items,
  classes: 2,
  exclusive: true,
  noisyLabels: true,
});

it("keeps 1 - min(rate T / T_k, rate) of a batch, T the epochs done, and one item at least", () => {
  const method = { kind: "coTeaching", forgetRate: 0.4, warmUpEpochs: 4 } as const;
  expect([0, 1, 2, 3, 4, 9].map((epoch) => itemsKept(method, epoch, 10))).toEqual([10, 9, 8, 7, 6, 6]);
  expect(itemsKept({ ...method, forgetRate: 0.9 }, 9, 4)).toBe(1);
});

describe("the loss of a step", () => {
  /** Two linear networks of two exclusive classes: logits are inputs times a weight each. */
  const task = taskOf(taught(0.5), { classes: 2, exclusive: true });
  let weights: readonly [tf.Variable, tf.Variable];
  beforeAll(() => {
    weights = [tf.variable(tf.tensor2d([[1, -1]])), tf.variable(tf.tensor2d([[-2, 0.5]]))];
  });
  const linear: Task = Object.create(task, {
    forward: { value: (model: unknown, [x]: tf.Tensor[]) => ({ logits: x!.matMul(model as tf.Tensor2D) }) },
    byItem: { value: task.byItem },
  });
  const x = [[1], [-0.5], [2], [-1.5], [0.2]];
  const labels = [0, 0, 1, 1, 0];
  const truth = () => tf.tensor2d(labels.map((label) => [1 - label, label]));
  const cost = (w: readonly number[], at: number) => {
    const z = w.map((each) => each * x[at]![0]!);
    return Math.log(z.reduce((sum, each) => sum + Math.exp(each), 0)) - z[labels[at]!]!;
  };
  const w = [
    [1, -1],
    [-2, 0.5],
  ] as const;
  const batch = (kept: number) => ({ inputs: [tf.tensor2d(x)], truth: truth(), kept: tf.scalar(kept) });
  const of = (kept: number) =>
    coTeachingLoss(linear, weights as unknown as [tf.LayersModel, tf.LayersModel], batch(kept));

  it.each([1, 2, 3, 5])("is over the %i items that cost the other least", (kept) => {
    const cheapest = (own: readonly number[]) =>
      labels.map((_, at) => at).toSorted((a, b) => cost(own, a) - cost(own, b)).slice(0, kept); // biome-ignore format: short
    const expected = [0, 1].map((own) => {
      const chosen = cheapest(w[1 - own]!);
      return chosen.reduce((sum, at) => sum + cost(w[own]!, at), 0) / kept;
    });
    expect(of(kept).dataSync()[0]).toBeCloseTo(expected[0]! + expected[1]!, 5);
  });

  it("has for each network the gradient of its own loss over those items, and none through the choice", () => {
    const { grads } = tf.variableGrads(() => of(2), [...weights]);
    const step = 1e-2;
    const chosen = [0, 1].map((own) =>
      labels.map((_, at) => at).toSorted((a, b) => cost(w[1 - own]!, a) - cost(w[1 - own]!, b)).slice(0, 2),
    ); // biome-ignore format: short
    for (const own of [0, 1]) {
      const loss = (at: readonly number[]) => chosen[own]!.reduce((sum, place) => sum + cost(at, place), 0) / 2;
      const gradient = grads[weights[own]!.name]!.dataSync();
      for (const k of [0, 1]) {
        const moved = (by: number) => loss((w[own]! as readonly number[]).with(k, w[own]![k]! + by));
        expect(gradient[k]).toBeCloseTo((moved(step) - moved(-step)) / (2 * step), 3);
      }
    }
  });
});

describe("a run", () => {
  const whole = new Session();
  beforeAll(() => whole.run(given(taught(0.2))));

  it("that forgets nothing scores as one network alone does: the second does not touch the first", async () => {
    const [alone, both] = [new Session(), new Session()];
    await alone.run(given({ ...plain, epochs: 2 }));
    await both.run(given({ ...taught(0), epochs: 2 }));
    const scores = (session: Session) => session.of("evaluation").flatMap((event) => event.predictions!.flatMap(({ probabilities }) => probabilities)); // biome-ignore format: one line
    scores(both).forEach((each, at) => {
      expect(each).toBeCloseTo(scores(alone)[at]!, 3);
    });
    expect(both.points("train/loss")).not.toEqual(alone.points("train/loss")); // the mean of two
  });

  it.each([3, 7, 10])("goes on after a stop (%i) as if there had been none, bit for bit", async (after) => {
    const first = new Session();
    expect(await first.run(given(taught(0.2)), after)).toBe("stopped");
    const second = new Session(first.blobs);
    await second.run({ ...given(taught(0.2)), resume: first.latest().bytes });
    for (const name of ["train/loss", series.corruptedLoss]) {
      expect(
        [first, second].flatMap((session) => session.points(name)),
        name,
      ).toEqual(whole.points(name));
    }
    expect(second.latest().sha256).toBe(whole.latest().sha256);
    expect(second.of("evaluation")).toEqual(whole.of("evaluation"));
  });

  it("keeps the second network beside the optimiser's state, of another start than the first", () => {
    const { weights, optimizer } = readCheckpoint(whole.latest().bytes);
    const peers = [...optimizer.keys()].filter((name) => name.startsWith("peer/"));
    expect(peers.map((name) => name.slice(5)).sort()).toEqual([...weights.keys()].sort());
    const [name] = [...weights.keys()].filter((each) => each.endsWith("kernel"));
    expect(optimizer.get(`peer/${name}`)!.data).not.toEqual(weights.get(name!)!.data);
  });

  it("fits corrupted labels less than one network does", async () => {
    const [alone, both] = [new Session(), new Session()];
    await alone.run(given({ ...plain, epochs: 30 }));
    await both.run(given({ ...taught(0.3, 4), epochs: 30 }));
    const fitted = (session: Session) => session.points(series.corruptedFitted).at(-1)![1];
    expect(fitted(alone)).toBe(1);
    expect(fitted(both)).toBeLessThan(1);
  });

  it("is planned with both networks", async () => {
    const peak = async (configuration: ClassificationConfiguration) => {
      const planned = await planRun(taskOf(configuration, { classes: 2, exclusive: true }), null, 8e9);
      return planned?.neededBytes ?? 0;
    };
    const wide = { model: { ...plain.model, baseFilters: 64 } as const, batchSize: 32 };
    const [one, two] = [await peak({ ...plain, ...wide }), await peak({ ...taught(0.2), ...wide })];
    if (one > 0) expect(two).toBeGreaterThan(1.1 * one);
  });
});

it("is refused with parts of a batch or averaged weights, and with fields or values that are not its own", () => {
  const fields = (value: object) => classificationProblems({ ...plain, ...value }).map(({ field }) => field);
  const optimizer = { ...plain.optimizer, accumulationSteps: 2, emaDecay: 0.9 };
  expect(fields({ ...taught(0.2), optimizer })).toEqual(["optimizer.accumulationSteps", "optimizer.emaDecay"]);
  expect(fields({ method: { kind: "coTeaching", forgetRate: 1, warmUpEpochs: 0 } })).toEqual(["method.forgetRate", "method.warmUpEpochs"]); // biome-ignore format: one line
  expect(fields({ method: { kind: "plain", forgetRate: 0.2 } })).toEqual(["method.forgetRate"]);
  expect(fields({ method: { kind: "twoHeads" } })).toEqual(["method.kind"]);
  const { method, ...older } = plain;
  expect([method, classificationProblems(older)]).toEqual([{ kind: "plain" }, []]);
  const arms = [
    { name: "one", changes: { method: { kind: "plain" } } },
    { name: "less", changes: { method: { forgetRate: 0.1 } } },
  ];
  const runs = expandGrid(taught(0.4), arms, [1]).map(({ configuration }) => (configuration as typeof plain).method);
  expect(runs).toEqual([{ kind: "plain" }, { kind: "coTeaching", forgetRate: 0.1, warmUpEpochs: 2 }]);
});
