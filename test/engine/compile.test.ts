import * as tf from "@tensorflow/tfjs";
import { initEngine, nodeBackend } from "@tessera/engine/backend";
import { ATTR, FLOAT } from "@tessera/engine/dataTypes";
import { compile } from "@tessera/engine/graph/compile";
import { memoryUse } from "@tessera/engine/memory";
import { Adam } from "@tessera/engine/optimizers/adam";
import { beforeAll, describe, expect, it } from "vitest";
import { inputs, largestDifference, losses, network, thrown, train, trainingStep } from "./support/regression.ts";

beforeAll(() => initEngine({ threads: 1 }));

const numbers = (...tensors: tf.Tensor[]): number[] => tensors.flatMap((tensor) => [...tensor.dataSync()]);

describe("a compiled training step", () => {
  it.each<[string, () => tf.Optimizer]>([
    ["sgd", () => tf.train.sgd(0.01)],
    ["momentum", () => tf.train.momentum(0.005, 0.9)],
    ["rmsprop", () => tf.train.rmsprop(0.01)],
    ["tf.train.adam", () => tf.train.adam(0.01)],
    ["Adam", () => new Adam({ learningRate: 0.01 })],
  ])("equals the eager one over 20 steps with %s", (_, optimizer) => {
    const [eager, compiled] = [optimizer(), optimizer()];
    const [expected, got] = [train(eager, false), train(compiled, true)];
    expect(largestDifference(expected.losses, got.losses)).toBeLessThan(1e-6);
    expect(largestDifference(expected.weights, got.weights)).toBeLessThan(2e-5); // fused kernels round elsewhere; momentum amplifies
    expect(compiled.iterations).toBe(eager.iterations);
    expect(new Set(got.losses).size).toBeGreaterThan(15); // it does learn
  });

  it("has the gradient of ReLU", () => {
    const gradient = compile((x: tf.Tensor) => tf.grad((v) => tf.relu(v).mul(v).sum())(x));
    const x = tf.tensor1d([-2, 0, 3]);
    expect(numbers(gradient(x))).toEqual([0, 0, 6]);
    expect(numbers(gradient(x))).toEqual([0, 0, 6]);
  });

  it("leaves no tensor and no handle behind over 200 steps", () => {
    const step = compile(trainingStep(network(), new Adam({ learningRate: 0.01 })));
    const batch = inputs();
    losses(step, 3, batch);
    const { tensors, handles } = memoryUse();
    losses(step, 200, batch);
    expect(memoryUse()).toMatchObject({ tensors, handles });
  });

  it("sees weights that were set between two calls", () => {
    const model = network();
    const step = compile(trainingStep(model, tf.train.sgd(0)));
    const [x, y] = inputs();
    losses(step, 2, [x, y]);
    model.setWeights(model.getWeights().map((weight) => tf.zerosLike(weight)));
    expect(losses(step, 1, [x, y])[0]).toBeCloseTo(y.square().mean().dataSync()[0]!, 4);
  });
});

describe("what goes in and comes out", () => {
  it("is recorded anew for each number, also for those that JSON writes alike", () => {
    const step = compile((x: tf.Tensor, factor: number) => x.mul(factor));
    for (const factor of [Infinity, -Infinity, NaN, Infinity, -Infinity]) {
      expect(numbers(step(tf.scalar(2), factor))).toEqual([factor]);
    }
    expect(step.stats.traces).toBe(3);
  });

  it("refuses functions, which would be those of the first call ever after", () => {
    const step = compile((x: tf.Tensor, change: (x: tf.Tensor) => tf.Tensor) => change(x));
    expect(thrown(() => step(tf.scalar(1), (x) => x.neg()))).toMatchObject({ code: "BAD_ARGUMENT" });
  });

  it("refuses .async() inside of a step that is recorded, and records the next step whole", () => {
    const inner = compile((x: tf.Tensor) => x.add(1));
    const outer = compile((x: tf.Tensor, asynchronous: boolean) => {
      if (asynchronous) inner.async(x).catch(() => undefined);
      return x.mul(2);
    });
    expect(thrown(() => outer(tf.scalar(1), true))).toMatchObject({ code: "PROMISE_IN_STEP" });
    outer(tf.scalar(1), false);
    expect(numbers(outer(tf.scalar(10), false))).toEqual([20]);
  });

  it("keeps nested results as they are, tensors and plain values", () => {
    const step = compile((x: tf.Tensor) => ({ sum: x.sum(), list: [x.mean(), 3] as const, name: "n" }));
    const x = tf.tensor1d([1, 2, 3]);
    for (const result of [step(x), step(x), step(x)]) {
      expect(numbers(result.sum, result.list[0])).toEqual([6, 2]);
      expect([result.list[1], result.name]).toEqual([3, "n"]);
    }
  });

  it("takes one tensor for two inputs, then two different ones", () => {
    const step = compile((a: tf.Tensor, b: tf.Tensor) => a.sub(b));
    const x = tf.tensor1d([5, 7]);
    expect(numbers(step(x, x))).toEqual([0, 0]);
    expect(numbers(step(x, tf.tensor1d([1, 1])))).toEqual([4, 6]);
  });

  it("gives back an input as a tensor of its own", () => {
    const step = compile((x: tf.Tensor) => x);
    const x = tf.tensor1d([1, 2]);
    step(x).dispose();
    step(x).dispose();
    expect(numbers(x)).toEqual([1, 2]);
  });

  it("records once per shape, and keeps no more recordings than it may", () => {
    const step = compile((x: tf.Tensor) => x.sum(), { maxTraces: 2 });
    const call = (size: number) => numbers(step(tf.ones([size])))[0];
    expect([call(3), call(5), call(3), call(5)]).toEqual([3, 5, 3, 5]);
    expect(step.stats.traces).toBe(2);
    call(7); // 3 goes
    call(5);
    expect(step.stats.traces).toBe(3);
    expect(call(3)).toBe(3);
    expect(step.stats.traces).toBe(4);
  });

  it("records again for another plain value", () => {
    const step = compile((x: tf.Tensor, power: number) => x.pow(power));
    const x = tf.tensor1d([2]);
    expect([2, 3, 2, 3].map((power) => numbers(step(x, power))[0])).toEqual([4, 8, 4, 8]);
    expect(step.stats.traces).toBe(2);
  });

  it("holds a tensor from outside, whether uploaded yet or not", () => {
    const uploaded = tf.tensor1d([10]).add(0);
    const fresh = tf.tensor1d([20]);
    const step = compile((x: tf.Tensor) => x.add(uploaded).add(fresh));
    const x = tf.tensor1d([1]);
    step(x);
    tf.dispose([uploaded, fresh]);
    expect(numbers(step(x))).toEqual([31]);
  });

  it("runs inside another compiled step as a part of it", () => {
    const inner = compile((x: tf.Tensor) => x.mul(2));
    const outer = compile((x: tf.Tensor) => inner(x).add(1));
    const x = tf.tensor1d([3]);
    expect(numbers(outer(x), outer(x))).toEqual([7, 7]);
  });

  it("predicts with frozen weights and the moving averages", () => {
    const model = network();
    losses(trainingStep(model, tf.train.sgd(0.01)), 3);
    const predict = compile((x: tf.Tensor) => model.apply(x, { training: false }) as tf.Tensor);
    const [x] = inputs();
    const expected = numbers(model.apply(x, { training: false }) as tf.Tensor);
    predict(x);
    expect(largestDifference(expected, numbers(predict(x)))).toBeLessThan(1e-6);
  });

  it("runs again after dispose, and frees what it held", () => {
    const outside = tf.tensor1d([1]).add(0);
    const step = compile((x: tf.Tensor) => x.add(outside));
    const { handles } = memoryUse();
    const x = tf.tensor1d([1]);
    tf.dispose([step(x), step(x)]);
    step.dispose();
    x.dispose();
    expect(memoryUse().handles).toBe(handles);
    expect(numbers(step(tf.tensor1d([1])))).toEqual([2]);
  });
});

describe("an asynchronous call", () => {
  it("gives the same numbers", async () => {
    const [x, y] = inputs();
    const run = () => compile(trainingStep(network(), new Adam({ learningRate: 0.01 })));
    const [first, second] = [run(), run()];
    const expected = losses(first, 5, [x, y]);
    const got: number[] = [];
    for (let i = 0; i < 5; i++) got.push(numbers(await second.async(x, y))[0]!);
    expect(got).toEqual(expected);
  });

  it("leaves the event loop free", async () => {
    const step = compile((x: tf.Tensor2D) => {
      let product = x;
      for (let i = 0; i < 60; i++) product = product.matMul(x) as tf.Tensor2D;
      return product.sum();
    });
    const x = tf.zeros([600, 600]) as tf.Tensor2D;
    step(x);
    let ticks = 0;
    let running = true;
    const tick = () => {
      ticks++;
      if (running) setImmediate(tick);
    };
    setImmediate(tick);
    await step.async(x);
    running = false;
    expect(ticks).toBeGreaterThan(10); // a synchronous call allows none
  });

  it("rejects with TensorFlow's own words", async () => {
    const step = compile((x: tf.Tensor) => {
      const attributes = [
        { name: "T", type: ATTR.type, value: FLOAT },
        { name: "message", type: ATTR.string, value: "the loss" },
      ];
      return nodeBackend().executeSingleOutput("CheckNumerics", attributes, [x]);
    });
    step(tf.scalar(1));
    const failure = { code: "OPERATION_FAILED", message: expect.stringContaining("the loss : Tensor had NaN") };
    await expect(step.async(tf.scalar(Number.NaN))).rejects.toMatchObject(failure);
    expect(thrown(() => step(tf.scalar(Number.NaN)))).toMatchObject(failure);
    expect(numbers(step(tf.scalar(2)))).toEqual([2]); // and the step is usable
  });
});
