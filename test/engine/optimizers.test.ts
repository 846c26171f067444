/** @file Every optimiser, with accumulation, clipping, averaged weights and a schedule, against PyTorch; and what was planted. */
import * as tf from "@tensorflow/tfjs";
import { completeOptimizer, type OptimizerConfiguration } from "@tessera/domain/configuration/optimizer";
import { initEngine } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import { memoryUse } from "@tessera/engine/memory";
import type { Adam } from "@tessera/engine/optimizers/adam";
import { AdamW } from "@tessera/engine/optimizers/adamW";
import { clipByGlobalNorm, globalNorm } from "@tessera/engine/optimizers/clip";
import { MovingAverage } from "@tessera/engine/optimizers/movingAverage";
import { Sgd } from "@tessera/engine/optimizers/sgd";
import { UpdateRule } from "@tessera/engine/optimizers/updateRule";
import { learningRateAt } from "@tessera/training/schedule";
import { optimizerOf } from "@tessera/training/updateRule";
import { beforeAll, describe, expect, it } from "vitest";
import fixture from "./fixtures/optimizers.json" with { type: "json" };
import { largestDifference, thrown } from "./support/regression.ts";

beforeAll(() => initEngine({ threads: 1 }));

const names = ["hidden", "scale", "output", "bias"] as const;
type Weights = Record<(typeof names)[number], tf.Variable>;
const values = (tensor: tf.Tensor): number[] => [...tensor.dataSync()];

const startingWeights = (): Weights =>
  Object.fromEntries(
    names.map((name) => [name, tf.tidy(() => tf.variable(tf.tensor(fixture.start[name])))]),
  ) as Weights;

function lossOf({ hidden, scale, output, bias }: Weights, x: tf.Tensor2D, y: tf.Tensor1D): tf.Scalar {
  const features = x
    .matMul(hidden as tf.Tensor2D)
    .tanh()
    .mul(scale) as tf.Tensor2D;
  return features
    .matMul(output as tf.Tensor2D)
    .add(bias)
    .squeeze([1])
    .sub(y)
    .square()
    .mean();
}

/** A small regression with all that a configuration asks for. */
class Training {
  readonly weights = startingWeights();
  readonly averages = startingWeights();
  readonly rule: UpdateRule;
  readonly step;
  private readonly parts: number;

  constructor(configuration: OptimizerConfiguration) {
    const { accumulationSteps, clipNorm, emaDecay } = configuration;
    this.parts = accumulationSteps;
    const pairs = names.map((name) => ({ of: this.weights[name], average: this.averages[name] }));
    this.rule = new UpdateRule({
      optimizer: optimizerOf(configuration),
      variables: names.map((name) => this.weights[name]),
      accumulate: accumulationSteps > 1,
      clipNorm,
      ...(emaDecay > 0 && { average: new MovingAverage(pairs, emaDecay) }),
    });
    this.step = compile((x: tf.Tensor2D, y: tf.Tensor1D, last: boolean) =>
      this.rule.minimize(() => lossOf(this.weights, x, y), last),
    );
  }

  /** @returns mean loss over the micro-batches */
  update(number: number, learningRate: number): number {
    this.rule.setLearningRate(learningRate);
    const [x, y] = [tf.tensor2d(fixture.x[number]!), tf.tensor1d(fixture.y[number]!)];
    const losses = tf.tidy(() => {
      const [xs, ys] = [tf.split(x, this.parts), tf.split(y, this.parts)];
      return xs.map(
        (part, i) => values(this.step(part as tf.Tensor2D, ys[i] as tf.Tensor1D, i === this.parts - 1))[0]!,
      );
    });
    tf.dispose([x, y]);
    return losses.reduce((sum, loss) => sum + loss, 0) / this.parts;
  }
}

const configured = (fields: object) =>
  completeOptimizer({ schedule: "polynomial", ...fields }) as OptimizerConfiguration;

describe("twenty compiled updates with a falling learning rate equal PyTorch's", () => {
  it.each(fixture.cases.map(({ losses, weights, average, ...fields }) => ({ fields, losses, weights, average })))(
    "$fields",
    ({ fields, losses, weights, average }) => {
      const configuration = configured(fields);
      const training = new Training(configuration);
      const updates = losses.map((_, update) =>
        training.update(update, learningRateAt(configuration, update, losses.length, 1)),
      );
      expect(largestDifference(losses, updates)).toBeLessThan(1e-5);
      for (const name of names) {
        expect(largestDifference(weights[name], values(training.weights[name])), name).toBeLessThan(1e-5);
        const expected = configuration.emaDecay > 0 ? average[name] : fixture.start[name].flat();
        expect(largestDifference(expected, values(training.averages[name])), `average of ${name}`).toBeLessThan(1e-5);
      }
      expect(training.step.stats.traces).toBe(configuration.accumulationSteps > 1 ? 2 : 1); // no schedule records again
    },
  );
});

describe("planted", () => {
  const applied = (optimizer: Adam | Sgd, start: number[][], gradient: number[][], times = 1) => {
    const weight = tf.variable(tf.tensor2d(start));
    for (let i = 0; i < times; i++) optimizer.applyGradients([{ name: weight.name, tensor: tf.tensor2d(gradient) }]);
    return values(weight);
  };

  it("sgd: the rate multiplies the velocity, after a change of it too", () => {
    const optimizer = new Sgd({ learningRate: 1, momentum: 0.5 });
    const weight = tf.variable(tf.tensor1d([0]));
    const step = () => optimizer.applyGradients([{ name: weight.name, tensor: tf.tensor1d([1]) }]);
    step(); // v = 1
    optimizer.setLearningRate(0.1);
    step(); // v = 1.5
    expect(values(weight)[0]).toBeCloseTo(-(1 * 1 + 0.1 * 1.5), 6);
  });

  it("decay moves kernels alone: decoupled by rate × decay, in sgd through the gradient", () => {
    expect(applied(new AdamW({ learningRate: 0.1, weightDecay: 0.5 }), [[2]], [[0]])[0]).toBeCloseTo(2 * (1 - 0.05), 6);
    expect(applied(new Sgd({ learningRate: 0.1, weightDecay: 0.5 }), [[2]], [[0]])[0]).toBeCloseTo(
      2 - 0.1 * 0.5 * 2,
      6,
    );
    const bias = tf.variable(tf.tensor1d([2]));
    new AdamW({ learningRate: 0.1, weightDecay: 0.5 }).applyGradients([{ name: bias.name, tensor: tf.tensor1d([0]) }]);
    expect(values(bias)).toEqual([2]);
  });

  it("a weight decay that is set later needs no new recording", () => {
    const optimizer = new AdamW({ learningRate: 0.1, weightDecay: 0.5 });
    const weight = tf.variable(tf.tensor2d([[1]]));
    const step = compile(() => optimizer.minimize(() => weight.mul(0).sum(), true, [weight])!);
    step();
    step();
    optimizer.setWeightDecay(0);
    step();
    expect(values(weight)[0]).toBeCloseTo((1 - 0.05) ** 2, 6);
    expect(step.stats.traces).toBe(1);
  });

  it("clipping: to the norm of all together where it is larger, else nothing", () => {
    const gradients = [tf.tensor1d([3, 0]), tf.tensor2d([[4]])];
    expect(values(globalNorm(gradients))[0]).toBeCloseTo(Math.hypot(3, 0, 4), 6);
    expect(clipByGlobalNorm(gradients, 1).flatMap(values)).toEqual(
      [3 / 5, 0, 4 / 5].map((each) => expect.closeTo(each, 5)),
    );
    expect(clipByGlobalNorm(gradients, 6).flatMap(values)).toEqual([3, 0, 4]);
    expect(clipByGlobalNorm([tf.zeros([2])], 1).flatMap(values)).toEqual([0, 0]);
  });

  it("the average: warmed up by (1 + t) / (10 + t), then by its decay", () => {
    const [of, average] = [tf.variable(tf.scalar(0)), tf.variable(tf.scalar(0))];
    const moving = new MovingAverage([{ of, average }], 0.25);
    let expected = 0;
    for (const [t, value] of [10, 20, 30, 40].entries()) {
      of.assign(tf.scalar(value));
      moving.update();
      const decay = Math.min(0.25, (1 + t) / (10 + t)); // 0.1, 2/11, 0.25, 0.25
      expected = decay * expected + (1 - decay) * value;
      expect(values(average)[0]).toBeCloseTo(expected, 5);
    }
    moving.restart();
    of.assign(tf.scalar(0));
    expect(values(average)).toEqual([40]); // its own value, not the weight's
    expect(values(tf.tensor(moving.state()[0]!.data))).toEqual([0]);
  });
});

describe("a state", () => {
  const updated = (fields: object, updates: number) => {
    const training = new Training(configured({ learningRate: 0.02, ...fields }));
    for (let i = 0; i < updates; i++) training.update(i, 0.02);
    return training;
  };

  it.each([
    { fields: { name: "sgd" }, first: ["learningRate", "weightDecay", "iterations", "0000/velocity"] },
    {
      fields: { name: "adamw" },
      first: ["learningRate", "beta1Power", "beta2Power", "weightDecay", "iterations", "0000/firstMoment"],
    },
    { fields: { name: "adam" }, first: ["learningRate", "beta1Power", "beta2Power", "iterations", "0000/firstMoment"] },
  ])("of $fields.name says whose it is, and is refused by the others", ({ fields, first }) => {
    const state = updated(fields, 2).rule.state();
    expect(state.slice(0, first.length).map(({ name }) => name)).toEqual(first);
    for (const name of ["adam", "adamw", "sgd"].filter((each) => each !== fields.name)) {
      const other = updated({ name }, 1);
      expect(
        thrown(() => other.rule.loadState(state)),
        name,
      ).toMatchObject({ code: "BAD_STATE" });
    }
  });

  it("between two micro-batches holds their sums, and goes on from there", () => {
    const fields = { name: "sgd", accumulationSteps: 2, emaDecay: 0.9 };
    const run = (interrupted: boolean) => {
      let training = updated(fields, 1);
      const [x, y] = [tf.tensor2d(fixture.x[1]!), tf.tensor1d(fixture.y[1]!)];
      training.step(x, y, false);
      if (interrupted) {
        const state = training.rule.state();
        expect(state.filter(({ name }) => name.startsWith("accumulator/")).map(({ name }) => name)).toEqual(
          ["count", "0000/sum", "0001/sum", "0002/sum", "0003/sum"].map((name) => `accumulator/${name}`),
        );
        const next = new Training(configured({ learningRate: 1, ...fields }));
        for (const name of names) {
          next.weights[name].assign(training.weights[name]);
          next.averages[name].assign(training.averages[name]);
        }
        next.rule.loadState(state);
        training = next;
      }
      training.step(x, y, true);
      training.update(2, 0.02);
      return names.flatMap((name) => [...values(training.weights[name]), ...values(training.averages[name])]);
    };
    const [whole, continued] = [run(false), run(true)];
    expect(continued).toEqual(whole);
  });

  it("without a part that is asked for is refused", () => {
    const plain = updated({ name: "adam" }, 1).rule.state();
    expect(thrown(() => updated({ name: "adam", emaDecay: 0.9 }, 1).rule.loadState(plain))).toMatchObject({
      code: "BAD_STATE",
    });
    const averaged = updated({ name: "adam", emaDecay: 0.9 }, 1).rule.state();
    expect(thrown(() => updated({ name: "adam" }, 1).rule.loadState(averaged))).toMatchObject({ code: "BAD_STATE" });
  });

  it("of which one part is refused changes no other part", () => {
    const { rule } = updated({ name: "adam", emaDecay: 0.9 }, 2);
    const before = rule.state();
    const bad = updated({ name: "adam" }, 1).rule.state(); // Adam's part fits, the average's is missing
    expect(thrown(() => rule.loadState(bad))).toMatchObject({ code: "BAD_STATE" });
    expect(rule.state()).toEqual(before);
  });
});

it("leaves no tensor and no handle behind, and keeps its constants small", () => {
  const everything = { name: "sgd", learningRate: 0.01, accumulationSteps: 2, clipNorm: 1, emaDecay: 0.9 };
  const before = memoryUse();
  const training = new Training(configured(everything));
  for (let i = 0; i < 3; i++) training.update(i, 0.01);
  const { tensors, handles } = memoryUse();
  for (let i = 0; i < 20; i++) training.update(i, 0.01);
  expect(memoryUse()).toMatchObject({ tensors, handles });
  training.step.dispose();
  training.rule.dispose();
  tf.dispose([...Object.values(training.weights), ...Object.values(training.averages)]);
  expect(memoryUse()).toMatchObject({ tensors: before.tensors, handles: before.handles });
});

it("keeps a compiled step free of constants of the weights' size", () => {
  const weight = tf.variable(tf.ones([300, 300]));
  const average = tf.variable(tf.zeros([300, 300]), false);
  const rule = new UpdateRule({
    optimizer: new AdamW({ learningRate: 0.01, weightDecay: 0.1 }),
    variables: [weight],
    accumulate: true,
    clipNorm: 1,
    average: new MovingAverage([{ of: weight, average }], 0.9),
  });
  const step = compile((x: tf.Tensor2D, last: boolean) =>
    rule.minimize(
      () =>
        x
          .matMul(weight as tf.Tensor2D)
          .squaredDifference(1)
          .sum() as tf.Scalar,
      last,
    ),
  );
  const x = tf.ones([2, 300]) as tf.Tensor2D;
  for (const last of [false, true, true]) step(x, last);
  expect(step.stats.bytes).toBeLessThan(100_000); // one of them is 360 kB
});

it("refuses a micro-batch where none was foreseen, and a variable that the loss does not know", () => {
  const [used, unused] = [tf.variable(tf.scalar(1)), tf.variable(tf.scalar(1))];
  const rule = (variables: tf.Variable[]) => new UpdateRule({ optimizer: new Sgd({ learningRate: 0.1 }), variables });
  const code = (body: () => unknown) => (thrown(body) as { code: string }).code;
  expect(code(() => rule([used]).minimize(() => used.square(), false))).toBe("BAD_ARGUMENT");
  expect(code(() => rule([used, unused]).minimize(() => used.square()))).toBe("BAD_ARGUMENT");
  expect(code(() => new MovingAverage([], 1))).toBe("BAD_ARGUMENT");
});
