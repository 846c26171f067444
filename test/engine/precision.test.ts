/** @file Mixed precision: what is rounded, what is not, and where it is refused. */
import * as tf from "@tensorflow/tfjs";
import { initEngine, nodeBackend } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import { checkPrecision, hasBfloat16, type Precision } from "@tessera/engine/precision";
import { beforeAll, describe, expect, it } from "vitest";
import { thrown } from "./support/regression.ts";

beforeAll(() => initEngine({ threads: 1 }));

const here = hasBfloat16();
if (!here) console.warn("SKIPPED, mixed precision: this CPU has no bfloat16");

/** Mean squared sigmoid of two convolutions, and the kernels' gradients: called twice, so that the record runs. */
function run(precision: Precision): { loss: number; gradients: Float32Array[] } {
  const image = tf.randomNormal([2, 16, 16, 8], 0, 1, "float32", 1) as tf.Tensor4D;
  const kernels = [2, 3].map((seed) => tf.randomNormal([3, 3, 8, 8], 0, 0.2, "float32", seed) as tf.Tensor4D);
  const step = compile(
    (x: tf.Tensor4D, first: tf.Tensor4D, second: tf.Tensor4D) => {
      const net = (a: tf.Tensor, b: tf.Tensor) =>
        tf
          .conv2d(tf.relu(tf.conv2d(x, a as tf.Tensor4D, 1, "same")) as tf.Tensor4D, b as tf.Tensor4D, 1, "same")
          .sigmoid()
          .square()
          .mean() as tf.Scalar;
      const { value, grads } = tf.valueAndGrads(net as (...all: tf.Tensor[]) => tf.Scalar)([first, second]);
      return { value, grads };
    },
    { precision },
  );
  const [first, second] = kernels as [tf.Tensor4D, tf.Tensor4D];
  step(image, first, second);
  const { value, grads } = step(image, first, second);
  step.dispose();
  return { loss: value.dataSync()[0]!, gradients: grads.map((gradient) => gradient.dataSync() as Float32Array) };
}

/** The lower 16 bits of a float32, which a bfloat16 does not have. */
const lowerBits = (value: number) => new Uint32Array(Float32Array.of(value).buffer)[0]! & 0xffff;

describe.skipIf(!here)("bfloat16", () => {
  it("rounds convolutions to 8 bits, and neither loss nor gradients' sums to them", () => {
    const [exact, mixed] = [run("float32"), run("bfloat16")];
    expect(mixed.loss).not.toBe(exact.loss);
    expect(Math.abs(mixed.loss - exact.loss) / exact.loss).toBeLessThan(2e-3);
    expect(lowerBits(mixed.loss)).not.toBe(0);
    for (const [i, gradient] of mixed.gradients.entries()) {
      const scale = Math.max(...exact.gradients[i]!.map(Math.abs));
      const apart = Math.max(...gradient.map((value, k) => Math.abs(value - exact.gradients[i]![k]!))) / scale;
      expect(apart).toBeGreaterThan(1e-5);
      expect(apart).toBeLessThan(2e-2);
    }
  });

  it("gives the same bits each time", () => {
    expect(run("bfloat16")).toEqual(run("bfloat16"));
  });
});

it("is refused where the CPU would only imitate it", () => {
  expect(hasBfloat16("flags\t\t: fpu avx2 avx512f avx512_bf16 gfni\n")).toBe(true);
  expect(hasBfloat16("flags\t\t: fpu avx2 avx512f avx512_vnni\n")).toBe(false);
  expect(thrown(() => checkPrecision("bfloat16", nodeBackend().binding, false))).toMatchObject({ code: "NO_DEVICE" });
  expect(() => checkPrecision("float32", nodeBackend().binding, false)).not.toThrow();
});
