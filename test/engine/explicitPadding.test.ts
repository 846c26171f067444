import * as tf from "@tensorflow/tfjs";
import { initEngine } from "@tessera/engine/backend";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => initEngine({ threads: 1 }));

type Padding = number | tf.backend_util.ExplicitPadding;
type Sides = [[number, number], [number, number], [number, number], [number, number]];

const x = () => tf.randomNormal([2, 9, 7, 3], 0, 1, "float32", 1) as tf.Tensor4D;
const filter = () => tf.randomNormal([3, 3, 3, 4], 0, 1, "float32", 2) as tf.Tensor4D;

/** Output and gradients of a sum weighted by position, so that no two outputs count alike. */
function all(compute: (...inputs: tf.Tensor4D[]) => tf.Tensor, inputs: tf.Tensor4D[]): number[][] {
  const y = compute(...inputs);
  const weights = tf.linspace(-1, 1, y.size).reshape(y.shape);
  const gradients = tf.grads((...given) =>
    compute(...(given as tf.Tensor4D[]))
      .mul(weights)
      .sum(),
  )(inputs);
  return [y, ...gradients].map((tensor) => [...tensor.dataSync()]);
}

function expectClose(got: number[][], expected: number[][]): void {
  expect(got.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
  for (const [part, values] of got.entries()) {
    for (const [i, value] of values.entries()) expect(value).toBeCloseTo(expected[part]![i]!, 4);
  }
}

describe.each<{ name: string; padding: Padding; sides: Sides }>([
  {
    name: "1 pixel on every side",
    padding: 1,
    sides: [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ],
  },
  {
    name: "a list of sides",
    padding: [
      [0, 0],
      [1, 0],
      [2, 1],
      [0, 0],
    ],
    sides: [
      [0, 0],
      [1, 0],
      [2, 1],
      [0, 0],
    ],
  },
])("padding by $name", ({ padding, sides }) => {
  it.each([1, 2] as const)("convolves as after tf.pad, at stride %i", (stride) => {
    const got = all((a, w) => tf.conv2d(a!, w!, stride, padding), [x(), filter()]);
    const padded = (a: tf.Tensor4D) => tf.pad(a, sides) as tf.Tensor4D;
    expectClose(
      got,
      all((a, w) => tf.conv2d(padded(a!), w!, stride, "valid"), [x(), filter()]),
    );
  });

  it("takes the maximum as after tf.pad with minus infinity", () => {
    const got = all((a) => tf.maxPool(a!, 3, 2, padding), [x().sub(5)]);
    const padded = (a: tf.Tensor4D) => tf.pad(a, sides, -1e9) as tf.Tensor4D;
    expectClose(
      got,
      all((a) => tf.maxPool(padded(a!), 3, 2, "valid"), [x().sub(5)]),
    );
  });
});

it("leaves no tensor behind", () => {
  const [a, w] = [x(), filter()];
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    tf.conv2d(a, w, 2, 1);
  });
  expect(tf.memory().numTensors).toBe(before);
});
