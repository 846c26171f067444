/** @file The pitfalls that were met while the engine was found, 1 to 8 of the design. From 9 on: pitfallsOfGraphs.test.ts. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as tf from "@tensorflow/tfjs";
import { initEngine } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import { memoryUse } from "@tessera/engine/memory";
import { Adam } from "@tessera/engine/optimizers/adam";
import { beforeAll, describe, expect, it } from "vitest";
import { inputs, losses, network, thrown, trainingStep } from "./support/regression.ts";

beforeAll(() => initEngine({ threads: 1 }));

const first = (tensor: tf.Tensor): number => tensor.dataSync()[0]!;
const code = (body: () => unknown) => (thrown(body) as { code: string }).code;
const ones = () => tf.ones([4]);

describe("1: exit", () => {
  const script = new URL("./support/exit.ts", import.meta.url).pathname;
  const end = async (how: string) => {
    const child = spawn(process.execPath, ["--import", "tsx", script, how], { stdio: "ignore" });
    const [code, signal] = await once(child, "exit");
    return { how, code, signal };
  };

  it("is clean at any moment: TensorFlow's exit handlers still find their libraries", async () => {
    const moments = ["started", "released", "computed", "computing"];
    expect(await Promise.all(moments.map(end))).toEqual(moments.map((how) => ({ how, code: 0, signal: null })));
  });
});

describe("2: step", () => {
  it("is 1 above 0, else 0, and uploads no constants", () => {
    expect([...tf.step(tf.tensor1d([-1, 0, 2, Number.NaN])).dataSync()]).toEqual([0, 0, 1, 0]);
    expect([...tf.step(tf.tensor1d([-2, 3]), 0.5).dataSync()]).toEqual([0.5, 1]); // alpha: the kernel that was there
    const relu = compile((x: tf.Tensor) => tf.grad((v) => tf.relu(v).mul(v).sum())(x));
    const x = tf.tensor1d([-1, 0, 2, ...Array<number>(9997).fill(3)]);
    relu(x);
    expect([...relu(x).dataSync().slice(0, 3)]).toEqual([0, 0, 4]);
    expect(relu.stats.bytes).toBeLessThan(45_000 /* one full-size constant, of sum's gradient, is 40 kB */);
  });
});

describe("3: host randomness", () => {
  it.each<[string, (x: tf.Tensor) => tf.Tensor]>([
    ["tf.dropout", (x) => tf.dropout(x, 0.5)],
    ["a dropout layer", (x) => tf.layers.dropout({ rate: 0.5 }).apply(x, { training: true }) as tf.Tensor],
    ["tf.randomNormal", (x) => x.add(tf.randomNormal(x.shape))],
    ["Math.random", (x) => x.mul(Math.random())],
  ])("is refused: %s", (_, step) => {
    const random = Math.random;
    expect(thrown(() => compile(step)(ones()))).toMatchObject({ code: "RANDOM_IN_STEP" });
    expect(Math.random).toBe(random);
    expect(Math.random()).not.toBe(Math.random());
  });
});

describe("3: host randomness that is seeded", () => {
  it("is the same at every call, as it is without compile", () => {
    const draw = (x: tf.Tensor) => x.add(tf.randomNormal([4], 0, 1, "float32", 7));
    const expected = [...draw(ones()).dataSync()];
    const step = compile(draw);
    for (let call = 0; call < 3; call++) expect([...step(ones()).dataSync()]).toEqual(expected);
  });
});

describe("4: a learning rate that is a number", () => {
  it("is not frozen in other optimisers: the step is recorded again", () => {
    const optimizer = tf.train.sgd(0);
    const step = compile(trainingStep(network(), optimizer));
    const [before, still] = losses(step, 2);
    optimizer.setLearningRate(0.05);
    const [, moved] = losses(step, 2);
    expect(still).toBe(before);
    expect(moved).not.toBe(before);
    expect(step.stats.traces).toBe(2);
  });

  it("is a variable in Adam: nothing is recorded again", () => {
    const optimizer = new Adam({ learningRate: 0 });
    const step = compile(trainingStep(network(), optimizer));
    const [before, still] = losses(step, 2);
    optimizer.setLearningRate(0.05);
    const [, moved] = losses(step, 2);
    expect(still).toBe(before);
    expect(moved).not.toBe(before);
    expect(step.stats.traces).toBe(1);
  });
});

describe("5: what a step cannot do", () => {
  it("reads no value, even where the error is caught", async () => {
    expect(code(() => compile((x: tf.Tensor) => (first(x) > 0 ? x : x.neg()))(ones()))).toBe("READ_IN_STEP");
    const swallowed = compile((x: tf.Tensor) => {
      try {
        x.dataSync();
      } catch {
        return x.neg();
      }
      return x;
    });
    expect(code(() => swallowed(ones()))).toBe("READ_IN_STEP");
    const unawaited = compile((x: tf.Tensor) => {
      x.data().catch(() => undefined);
      return x.neg();
    });
    expect(code(() => unawaited(ones()))).toBe("READ_IN_STEP");
  });

  it("returns no promise", () => {
    expect(code(() => compile(async (x: tf.Tensor) => x.sum())(ones()))).toBe("PROMISE_IN_STEP");
  });

  it("takes no object that is not plain", () => {
    expect(code(() => compile((date: Date) => tf.scalar(date.getTime()))(new Date(0)))).toBe("BAD_ARGUMENT");
  });

  it("takes no disposed input", () => {
    const step = compile((x: tf.Tensor) => x.neg());
    const x = ones();
    step(x);
    x.dispose();
    expect(code(() => step(x))).toBe("BAD_TENSOR");
  });

  it("loses no variable: disposed inside, or after", () => {
    const inside = tf.variable(tf.scalar(1));
    const step = compile((x: tf.Tensor) => {
      const result = x.mul(inside);
      inside.dispose();
      return result;
    });
    expect(code(() => step(ones()))).toBe("VARIABLE_DISPOSED");

    const after = tf.variable(tf.scalar(1));
    const other = compile((x: tf.Tensor) => x.mul(after));
    other(ones());
    after.dispose();
    expect(code(() => other(ones()))).toBe("VARIABLE_DISPOSED");
  });

  it("runs once at a time, and nobody assigns its variables meanwhile", async () => {
    const weight = tf.variable(tf.ones([300, 300]));
    const step = compile((x: tf.Tensor) => {
      weight.assign(weight.matMul(weight).mul(0.001) as tf.Variable);
      return x.add(weight.sum());
    });
    step(tf.scalar(0));
    const { handles } = memoryUse();

    const running = step.async(tf.scalar(0));
    expect(code(() => step(tf.scalar(0)))).toBe("STEP_RUNNING");
    await expect(step.async(tf.scalar(0))).rejects.toMatchObject({ code: "STEP_RUNNING" });
    expect(code(() => step.dispose())).toBe("STEP_RUNNING");
    (await running).dispose();

    const disturbed = step.async(tf.scalar(0));
    tf.tidy(() => weight.assign(tf.zeros([300, 300])));
    await expect(disturbed).rejects.toMatchObject({ code: "VARIABLE_ASSIGNED", details: { variable: weight.name } });
    expect(first(weight)).toBe(0);
    expect(memoryUse().handles).toBeLessThanOrEqual(handles + 3); // the three scalars that were passed
  });

  it("keeps Adam's numbers from being read or set in the middle", async () => {
    const optimizer = new Adam({ learningRate: 0.01 });
    const step = compile(trainingStep(network(), optimizer));
    const [x, y] = inputs();
    step(x, y);
    const running = step.async(x, y);
    expect([() => optimizer.state(), () => optimizer.setLearningRate(1)].map(code)).toEqual([
      "STEP_RUNNING",
      "STEP_RUNNING",
    ]);
    await running;
    optimizer.state();
  });
});

describe("6: what a step does in JavaScript", () => {
  it("happens at recording only, but an optimiser's count goes on", () => {
    let calls = 0;
    const optimizer = tf.train.adam(0.01);
    const training = trainingStep(network(), optimizer);
    const step = compile((x: tf.Tensor, y: tf.Tensor) => {
      calls++;
      return training(x, y);
    });
    losses(step, 4);
    expect([calls, optimizer.iterations]).toEqual([1, 4]);
  });
});

describe("7: Adam", () => {
  it("equals tf.train.adam, epsilon included", () => {
    const run = (optimizer: tf.Optimizer) => {
      const weight = tf.variable(tf.tensor1d([1, -2]));
      const gradient = tf.tensor1d([1e-4, -3e-3]); // small, so that epsilon = 1e-3 counts
      for (let i = 0; i < 5; i++) optimizer.applyGradients({ [weight.name]: gradient as tf.Variable });
      return [...weight.dataSync()];
    };
    const expected = run(tf.train.adam(0.1, 0.9, 0.999, 1e-3));
    run(new Adam({ learningRate: 0.1, epsilon: 1e-3 })).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 5);
    });
  });
});

describe("8: two variables over one buffer", () => {
  it("are told apart: an average that starts as a copy", () => {
    const run = (compiled: boolean) => {
      const weight = tf.variable(tf.scalar(1));
      const average = tf.variable(weight, false);
      const update = () =>
        tf.tidy(() => {
          weight.assign(weight.add(1));
          average.assign(average.mul(0.5).add(weight.mul(0.5)));
          return average.add(0);
        });
      const step = compiled ? compile(update) : update;
      return [1, 2, 3, 4].map(() => first(step()));
    };
    expect(run(true)).toEqual(run(false));
  });
});
