/** @file The pitfalls that were met while the engine was found, 9 to 13 of the design: functions, memory, set-up. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { initEngine, nodeBackend } from "@tessera/engine/backend";
import { ATTR, FLOAT, INT32 } from "@tessera/engine/dataTypes";
import { compile } from "@tessera/engine/graph/compile";
import { buildFunction } from "@tessera/engine/graph/functionDef";
import { opDef } from "@tessera/engine/graph/opDef";
import type { Symbolic } from "@tessera/engine/graph/recorder";
import { memoryUse } from "@tessera/engine/memory";
import { Adam } from "@tessera/engine/optimizers/adam";
import type { OpAttribute } from "@tessera/engine/tfjsInternals";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { inputs, largestDifference, network, thrown, trainingStep } from "./support/regression.ts";

beforeAll(() => initEngine({ threads: 1 }));

const first = (tensor: tf.Tensor): number => tensor.dataSync()[0]!;
const code = (body: () => unknown) => (thrown(body) as { code: string }).code;

/** The functions that TensorFlow is given while `body` runs. */
function functionsOf(body: () => void): string[] {
  const given = vi.spyOn(nodeBackend().binding, "addFunction"); // and passes on
  try {
    body();
    return given.mock.calls.map(([bytes]) => Buffer.from(bytes).toString("latin1"));
  } finally {
    given.mockRestore();
  }
}

describe("9: attributes", () => {
  /** One operation on a float input, as a function of its own. */
  function build(op: string, attributes: OpAttribute[], dtype: number): string {
    const { binding } = nodeBackend();
    const name = `test_${op}_${attributes.length}`;
    const input: Symbolic = { kind: "input", index: 0, dtype: FLOAT, shape: [2] };
    const output: Symbolic = { kind: "output", node: 0, output: 0, dtype, shape: [2] };
    const node = { op, attributes, inputs: [input], outputs: [{ dtype, shape: [2] }] };
    const step = { nodes: [node], inputs: [input], outputs: [output] };
    const { bytes } = buildFunction(name, step, (each) => opDef(binding, each), false);
    binding.addFunction(bytes);
    return name;
  }
  const run = (name: string): number[] => {
    const backend = nodeBackend();
    return [...backend.executeSingleOutput(name, [], [tf.tensor1d([1, -2])]).dataSync()];
  };

  it("that the operation does not know, or of a wrong type, stay out of the function", () => {
    const wrong = [
      { name: "T", type: ATTR.type, value: INT32 },
      { name: "nonsense", type: ATTR.int, value: 3 },
    ];
    let name = "";
    const [definition] = functionsOf(() => {
      name = build("Neg", wrong, FLOAT);
    });
    expect(definition).toContain("Neg");
    expect(definition).not.toContain("nonsense"); // TensorFlow would take it in silence
    expect(run(name)).toEqual([-1, 2]);
  });

  it("that have a default take it, and others that are missing are named", () => {
    const toInteger = [{ name: "DstT", type: ATTR.type, value: INT32 }]; // Truncate has a default, SrcT follows from the input
    expect(run(build("Cast", toInteger, INT32))).toEqual([1, -2]);
    const failure = { code: "BAD_ATTRIBUTE", details: { operation: "Cast", attribute: "DstT" } };
    expect(thrown(() => build("Cast", [], INT32))).toMatchObject(failure);
  });
});

describe("10: strings, order, hooks", () => {
  it("frees long strings", () => {
    const text = "a".repeat(200_000);
    const use = (times: number) => {
      for (let i = 0; i < times; i++) tf.dispose(tf.tidy(() => tf.tensor1d([text]).reshape([1, 1])));
    };
    use(100);
    const before = memoryUse().residentBytes;
    use(1500); // 300 MB if they leaked
    expect(memoryUse().residentBytes - before).toBeLessThan(150e6);
    expect(tf.tensor1d(["short", text, "ü"]).dataSync<"string">()).toEqual(["short", text, "ü"]);
  });

  it("keeps program order on one resource", () => {
    const optimizer = new Adam({ learningRate: 0.1 });
    const weight = tf.variable(tf.tensor1d([1]));
    const twice = () =>
      tf.tidy(() => {
        optimizer.minimize(() => weight.square().sum(), false, [weight]);
        return optimizer.minimize(() => weight.square().sum(), true, [weight])!;
      });
    const step = compile(twice);
    const compiled = [1, 2, 3].map(() => first(step()));

    const other = new Adam({ learningRate: 0.1 });
    const same = tf.variable(tf.tensor1d([1]));
    const eager = [1, 2, 3].map(() => {
      other.minimize(() => same.square().sum(), false, [same]);
      return first(other.minimize(() => same.square().sum(), true, [same])!);
    });
    compiled.forEach((value, i) => {
      expect(value).toBeCloseTo(eager[i]!, 5);
    });
  });

  it("leaves every hook and handle as it was when recording fails", () => {
    const backend = nodeBackend();
    const hooked = () => [
      Math.random,
      backend.move,
      backend.getInputTensorIds,
      Object.hasOwn(backend, "move"),
      ...Object.getOwnPropertyNames(backend.binding).sort(),
      (tf.Optimizer.prototype as unknown as { incrementIterations: unknown }).incrementIterations,
      (tf.engine() as unknown as { makeVariable: unknown }).makeVariable,
    ];
    const outside = tf.tensor1d([1]).add(0);
    const before = hooked();
    const { tensors, handles } = memoryUse();
    const failing = compile(() => {
      outside.add(1);
      throw new RangeError("mine");
    });
    expect(thrown(() => failing())).toBeInstanceOf(RangeError);
    expect(hooked()).toEqual(before);
    expect(backend.binding.recording).toBe(false);
    expect(memoryUse()).toMatchObject({ tensors, handles });
    expect(first(tf.add(1, 2))).toBe(3);
  });
});

describe("11: a convolution with bias and ReLU", () => {
  it("is the same number in a graph, fused or not, with its gradients; XLA, which knows no fused one, is not asked for", () => {
    const x = tf.randomNormal([2, 6, 6, 3], 0, 1, "float32", 1) as tf.Tensor4D;
    const filter = tf.randomNormal([3, 3, 3, 4], 0, 1, "float32", 2) as tf.Tensor4D;
    const bias = tf.randomNormal([4], 0, 1, "float32", 3) as tf.Tensor1D;
    const convolve = (fused: boolean) => (of: tf.Tensor4D, by: tf.Tensor4D, plus: tf.Tensor1D) =>
      fused
        ? tf.fused.conv2d({ x: of, filter: by, strides: 1, pad: "same", bias: plus, activation: "relu" })
        : tf.conv2d(of, by, 1, "same").add(plus).relu();
    for (const fused of [false, true]) {
      const run = () => {
        const { value, grads } = tf.valueAndGrads(convolve(fused) as (...values: tf.Tensor[]) => tf.Tensor)([
          x,
          filter,
          bias,
        ]);
        return [value, ...grads];
      };
      const numbers = (tensors: tf.Tensor[]) => tensors.flatMap((tensor) => [...tensor.dataSync()]);
      const expected = numbers(run());
      const step = compile(run);
      const [definition] = functionsOf(() => step());
      expect(definition).toMatch(/Conv2D/);
      expect(definition).not.toMatch(/_Xla/);
      expect(largestDifference(expected, numbers(step()))).toBeLessThan(1e-5);
    }
  });
});

describe("12: the last, smaller batch", () => {
  it("is recorded apart, and training goes on with both", () => {
    const [x, y] = inputs();
    const run = (wrap: boolean) => {
      const plain = trainingStep(network(), new Adam({ learningRate: 0.01 }));
      const step = wrap ? compile(plain) : plain;
      return [16, 16, 5, 16, 5].map((size) => first(step(x.slice(0, size), y.slice(0, size))));
    };
    const [expected, got] = [run(false), run(true)];
    got.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 3);
    });
  });

  it("leaves no function behind: those that go make room in TensorFlow too", () => {
    const step = compile((x: tf.Tensor) => x.neg(), { maxTraces: 1 });
    const definitions = functionsOf(() => {
      for (const size of [1, 2, 3]) step(tf.ones([size]));
    });
    const names = definitions.map((definition) => /tessera_step_\d+/.exec(definition)![0]);
    const runs = (name: string) => {
      const backend = nodeBackend();
      return [...backend.executeSingleOutput(name, [], [tf.ones([3])]).dataSync()];
    };
    expect(names.slice(0, 2).map((name) => code(() => runs(name)))).toEqual(["OPERATION_FAILED", "OPERATION_FAILED"]);
    expect(runs(names[2]!)).toEqual([-1, -1, -1]);
    step.dispose();
    expect(code(() => runs(names[2]!))).toBe("OPERATION_FAILED");
  });

  it("is seen in the figures: recordings, operations, and the time that each part took", () => {
    const step = compile((x: tf.Tensor) => x.neg().exp());
    expect(step.stats).toMatchObject({ traces: 0, traceMs: 0, buildMs: 0 });
    step(tf.ones([2]));
    const { nodes, bytes, traceMs, buildMs } = step.stats;
    expect(Math.min(nodes, bytes, traceMs, buildMs)).toBeGreaterThan(0);
    step(tf.ones([2]));
    expect(step.stats).toMatchObject({ traces: 1, traceMs, buildMs });
    step(tf.ones([3]));
    expect(step.stats.traces).toBe(2);
  });
});

describe("13: npm", () => {
  it("runs no install script: tfjs-node's would fetch a library that nobody needs, or fail to", () => {
    expect(readFileSync(".npmrc", "utf8")).toMatch(/^ignore-scripts=true$/m);
    const { resolve } = createRequire(import.meta.url);
    const folder = dirname(resolve("@tensorflow/tfjs-node/package.json"));
    expect(readdirSync(folder)).not.toContain("deps"); // where the script would put it
  });
});
