import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as tf from "@tensorflow/tfjs";
import { initEngine, nodeBackend } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import { memoryUse } from "@tessera/engine/memory";
import { Adam } from "@tessera/engine/optimizers/adam";
import { largestThatFits } from "@tessera/engine/plan/largest";
import { type MemoryPlan, plan } from "@tessera/engine/plan/plan";
import { beforeAll, describe, expect, it } from "vitest";
import { type Case, milSteps, type UNetCase, unetSteps } from "./support/planned.ts";
import { thrown } from "./support/regression.ts";

beforeAll(() => initEngine({ threads: 2 }));

const unet = (size: number, filters: number, batch: number, normalization: "batch" | "none" = "batch"): UNetCase => ({
  family: "unet",
  size,
  depth: 4,
  filters,
  batch,
  normalization,
});

const image = (...shape: number[]) => ({ shape, dtype: "float32" as const });
const float32 = 4;

describe("plan", () => {
  it("counts what a step makes, byte by byte", () => {
    const shape = [16, 16];
    const bytes = 16 * 16 * float32;
    const step = (x: tf.Tensor) => tf.tidy(() => x.add(x).mul(x).neg());
    const { stepBytes, stateBytes } = plan(() => [{ step, inputs: [image(...shape)] }]);
    expect(stateBytes).toBe(0);
    expect(stepBytes).toBe(3 * bytes); // the input, one operation's input and its result
  });

  it("counts variables and an optimiser's slots once each, and a gradient and the new value on top while a step runs", () => {
    const size = 1000;
    const bytes = size * float32;
    const planned = plan(() => {
      const weights = tf.tidy(() => tf.variable(tf.zeros([size])));
      const optimizer = new Adam({ learningRate: 0.1 });
      const step = () => tf.tidy(() => optimizer.minimize(() => weights.square().sum(), true, [weights])!);
      return [{ step, inputs: [] }];
    });
    expect(planned.stateBytes).toBeGreaterThanOrEqual(3 * bytes); // weights and two moments
    expect(planned.stateBytes).toBeLessThan(3.1 * bytes);
    expect(planned.stepBytes).toBeGreaterThanOrEqual(5 * bytes);
  });

  it("grows with the batch as the batch does, and with a bag's square where a step makes a square", () => {
    const of = (n: number, step: (x: tf.Tensor) => tf.Tensor) =>
      plan(() => [{ step, inputs: [image(n, 8)] }]).stepBytes;
    const linear = [10, 20, 30].map((n) => of(n, (x) => x.relu()));
    expect(linear[2]! - linear[1]!).toBe(linear[1]! - linear[0]!);
    const attention = (x: tf.Tensor) => tf.matMul(x, x, false, true).softmax().matMul(x);
    expect(of(200, attention)).toBeGreaterThan(2 * 200 * 200 * float32);
  });

  it("takes a compiled step for the step that it was made from", () => {
    const step = (x: tf.Tensor) => tf.tidy(() => x.square().sum());
    const of = (each: (x: tf.Tensor) => tf.Tensor) =>
      plan(() => [{ step: each, inputs: [image(100)] }], { baseBytes: 0 });
    expect(of(compile(step))).toEqual(of(step));
  });

  it("adds what the process holds anyway and what its caller will hold", () => {
    const build = () => [{ step: (x: tf.Tensor) => x.neg(), inputs: [image(10)] }];
    const none = plan(build, { baseBytes: 0 });
    expect(plan(build, { baseBytes: 5e6, hostBytes: 3e6 }).peakBytes - none.peakBytes).toBe(8e6);
    expect(plan(build).baseBytes).toBeGreaterThan(100e6); // this process
  });

  it("allocates nothing and leaves no trace: a step of 60 GB is planned, and TensorFlow runs on", () => {
    const backend = nodeBackend();
    const own = () => Object.getOwnPropertyNames(backend.binding).sort();
    const variables = () =>
      Object.keys((tf.engine() as unknown as { registeredVariables: object }).registeredVariables);
    const before = { ...memoryUse(), own: own(), variables: variables() };
    const planned = plan(() => unetSteps(unet(512, 32, 64)));
    expect(planned.stepBytes).toBeGreaterThan(60e9);
    const after = { ...memoryUse(), own: own(), variables: variables() };
    expect(after.residentBytes - before.residentBytes).toBeLessThan(500e6);
    expect(after).toMatchObject({
      tensors: before.tensors,
      handles: before.handles,
      own: before.own,
      variables: before.variables,
    });
    expect(tf.tidy(() => tf.add(1, 2).dataSync()[0])).toBe(3);
  });

  it("refuses what has no answer, and puts everything back", () => {
    const outside = tf.variable(tf.scalar(1));
    const own = () => Object.getOwnPropertyNames(nodeBackend().binding).sort();
    const before = own();
    const code = (step: (x: tf.Tensor) => unknown) =>
      (thrown(() => plan(() => [{ step, inputs: [image(4)] }])) as { code: string }).code;
    expect(code((x) => x.dataSync())).toBe("READ_IN_STEP");
    expect(code((x) => tf.unique(x).values)).toBe("SHAPE_UNKNOWN"); // how many differ is known by value only
    expect(code(() => outside.assign(tf.scalar(2)))).toBe("BAD_ARGUMENT");
    expect(code(async (x) => x)).toBe("PROMISE_IN_STEP");
    expect(own()).toEqual(before);
    expect(outside.dataSync()[0]).toBe(1);
    expect(
      thrown(() => compile((x: tf.Tensor) => plan(() => [{ step: () => x, inputs: [] }]))(tf.scalar(1))),
    ).toMatchObject({
      code: "STEP_RUNNING",
    });
  });
});

describe("largestThatFits", () => {
  const bag = (tiles: number) => plan(() => milSteps({ family: "mil", tiles }), { baseBytes: 500e6 });

  it("finds the largest bag below a limit, and says so where none or all fit", () => {
    const found = largestThatFits(1e9, 100_000, bag)!;
    expect(found.plan.peakBytes).toBeLessThanOrEqual(1e9);
    expect(bag(found.size + 1).peakBytes).toBeGreaterThan(1e9);
    expect(largestThatFits(1e9, 500, bag)?.size).toBe(500);
    expect(largestThatFits(500e6, 500, bag)).toBeNull();
  });
});

describe("what is planned is what is measured", () => {
  const script = new URL("./support/peak.ts", import.meta.url).pathname;

  async function inChild<T>(task: "plan" | "train", each: Case): Promise<T> {
    const argument = JSON.stringify({ task, threads: 2, case: each });
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script, argument]);
    return JSON.parse(stdout) as T;
  }

  it.each<[string, Case]>([
    ["a small U-Net, where the library outweighs it", unet(64, 8, 1, "none")],
    ["a U-Net whose weights outweigh its activations", unet(64, 32, 1)],
    ["a U-Net whose activations outweigh its weights", unet(128, 8, 16)],
    ["a bag of 20,000 tiles", { family: "mil", tiles: 20_000 }],
  ])(
    "%s: never below, at most half as much again",
    async (_, each) => {
      const planned = await inChild<MemoryPlan>("plan", each);
      const measured = await inChild<{ peakBytes: number }>("train", each);
      const ratio = planned.peakBytes / measured.peakBytes;
      expect(ratio).toBeGreaterThanOrEqual(1);
      expect(ratio).toBeLessThanOrEqual(1.5);
    },
    300_000,
  );
});
