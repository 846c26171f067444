/** @file A step is recorded on shapes alone: nothing is computed, nothing is changed, and every call runs the record. */
import * as tf from "@tensorflow/tfjs";
import { initEngine, nodeBackend } from "@tessera/engine/backend";
import { Binding } from "@tessera/engine/binding";
import { compile } from "@tessera/engine/graph/compile";
import { traceStep } from "@tessera/engine/graph/trace";
import { memoryUse } from "@tessera/engine/memory";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { thrown } from "./support/regression.ts";

beforeAll(() => initEngine({ threads: 1 }));

const numbers = (...tensors: tf.Tensor[]): number[] => tensors.flatMap((tensor) => [...tensor.dataSync()]);

/** What TensorFlow runs while `body` does. */
function operations(body: () => void): string[] {
  const run = vi.spyOn(Binding.prototype, "executeOp"); // and passes on
  try {
    body();
    return run.mock.calls.map(([name]) => name);
  } finally {
    run.mockRestore();
  }
}

describe("recording", () => {
  it("computes nothing: the first call runs the record, as the second does", () => {
    const step = compile((x: tf.Tensor) => tf.grad((v) => v.matMul(v).relu().exp().sum())(x));
    const x = tf.randomNormal([8, 8], 0, 1, "float32", 1);
    const results: tf.Tensor[] = [];
    const ran = operations(() => results.push(step(x)));
    expect(ran).toEqual([expect.stringMatching(/^tessera_step_/)]);
    expect(numbers(step(x))).toEqual(numbers(...results));
  });

  it("takes no memory: a step of 40 GB is recorded", () => {
    const backend = nodeBackend();
    const x = tf.ones([100_000, 1]);
    const before = memoryUse();
    const outer = (column: tf.Tensor2D) => tf.tidy(() => column.matMul(column, false, true).exp().sum()); // 100,000²
    const { name, nodes } = traceStep(backend, outer, { list: [{ tensor: 0 }] }, [x]);
    backend.binding.removeFunction(name);
    expect(nodes).toBeGreaterThanOrEqual(3);
    expect(memoryUse().residentBytes - before.residentBytes).toBeLessThan(100e6);
    expect(memoryUse().tensors).toBe(before.tensors);
  });

  it("changes nothing where it fails", () => {
    const weight = tf.variable(tf.tensor1d([1, 2]));
    const optimizer = tf.train.adam(0.1);
    const step = compile((fails: boolean) => {
      const loss = optimizer.minimize(() => weight.square().sum(), true, [weight])!;
      if (fails) throw new RangeError("mine");
      return loss;
    });
    expect(thrown(() => step(true))).toBeInstanceOf(RangeError);
    expect([...numbers(weight), optimizer.iterations]).toEqual([1, 2, 0]);
    expect(numbers(step(false))).toEqual([5]); // and what was made meanwhile, Adam's slots, is usable
    expect(optimizer.iterations).toBe(1);
    numbers(weight).forEach((value, i) => {
      expect(value).toBeCloseTo([0.9, 1.9][i]!, 4);
    });
  });

  it("gives a variable that is made inside its first value, computed or another variable's", () => {
    const run = (compiled: boolean) => {
      const weight = tf.variable(tf.scalar(3));
      let made: tf.Variable[] | undefined;
      const body = (x: tf.Tensor) =>
        tf.tidy(() => {
          made ??= [tf.variable(x.mul(2).add(weight)), tf.variable(weight)];
          for (const each of made) each.assign(each.add(1));
          weight.assign(weight.mul(2));
          return tf.stack([...made, weight]);
        });
      const step = compiled ? compile(body) : body;
      return [1, 5, 7].flatMap((x) => numbers(step(tf.scalar(x))));
    };
    expect(run(true)).toEqual(run(false));
    expect(run(true)).toEqual([6, 4, 6, 7, 5, 12, 8, 6, 24]);
  });

  it("runs what a shape follows from, and nothing else", () => {
    const step = compile((x: tf.Tensor1D) => tf.unique(x.mul(2)).values.add(1).neg());
    const results: tf.Tensor[] = [];
    const ran = operations(() => results.push(step(tf.tensor1d([1, 1, 2]))));
    expect(ran).toEqual(["Mul", "UniqueV2", expect.stringMatching(/^tessera_step_/)]);
    expect(numbers(...results)).toEqual([-3, -5]);
    expect(numbers(step(tf.tensor1d([1, 2, 3])))).toEqual([-3, -5, -7]); // as many as there are, at every call
  });

  it("says so of a tensor that a step kept, which never has values", () => {
    let kept: tf.Tensor | undefined;
    const step = compile((x: tf.Tensor) => {
      kept = tf.keep(x.neg());
      return x.mul(2);
    });
    step(tf.scalar(1));
    const failure = { code: "BAD_TENSOR", message: expect.stringContaining("return it from the step") };
    expect(thrown(() => kept!.dataSync())).toMatchObject(failure);
    expect(thrown(() => kept!.add(1))).toMatchObject(failure);
    expect(thrown(() => compile((x: tf.Tensor) => x.add(kept!))(tf.scalar(1)))).toMatchObject(failure);
    kept!.dispose();
    expect(tf.memory().numTensors).toBeGreaterThan(0);
  });

  it("refuses a step that disposes its input", () => {
    const step = compile((x: tf.Tensor) => {
      const result = x.neg();
      x.dispose();
      return result;
    });
    expect(thrown(() => step(tf.scalar(1)))).toMatchObject({ code: "BAD_TENSOR" });
  });
});

describe("an operation that fails", () => {
  it("is named in a run of the record, and says so itself where shapes do not fit", async () => {
    const step = compile((x: tf.Tensor, at: tf.Tensor1D) => x.neg().gather(at));
    const x = tf.ones([2]);
    const outside = [x, tf.tensor1d([7], "int32")] as const;
    const failure = {
      code: "OPERATION_FAILED",
      message: "GatherV2: indices[0] = 7 is not in [0, 2)",
      details: { operation: "GatherV2" },
    };
    expect(thrown(() => step(...outside))).toMatchObject(failure);
    await expect(step.async(...outside)).rejects.toMatchObject(failure);
    expect(numbers(step(x, tf.tensor1d([1], "int32")))).toEqual([-1]);

    const product = compile((a: tf.Tensor, b: tf.Tensor) => tf.einsum("ij,jk->ik", a, b));
    expect(thrown(() => product(tf.ones([2, 3]), tf.ones([2, 2])))).toMatchObject({
      code: "OPERATION_FAILED",
      message: expect.stringMatching(/^Einsum: Expected dimension 3 at axis 0/),
    });
  });
});
