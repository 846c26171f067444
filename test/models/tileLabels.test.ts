import * as tf from "@tensorflow/tfjs";
import { initEngine } from "@tessera/engine/backend";
import { tileLabelsLoss } from "@tessera/models/losses/tileLabels";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => initEngine({ threads: 1 }));

/** [bags][tiles][classes]; the second bag has one tile, and padding that must not count. */
const logits = [
  [
    [0.2, -1, 0.5],
    [2, 0.1, -0.3],
  ],
  [
    [-0.4, 0.9, 0],
    [50, -50, 50],
  ],
];
const mask = [
  [1, 1],
  [1, 0],
];
const truth = [
  [0, 1, 0],
  [1, 0, 0],
];
const known = [
  [1, 1, 0],
  [1, 1, 1],
];
const smoothing = 0.1;

/** The definition again in loops over tiles. */
function reference(z: number[][][], exclusive: boolean): number {
  let [sum, count] = [0, 0];
  for (const [bag, tiles] of z.entries()) {
    const present = tiles.filter((_, tile) => mask[bag]![tile] === 1);
    for (const [c, g] of truth[bag]!.entries()) {
      const target = g * (1 - smoothing) + smoothing / (exclusive ? 3 : 2);
      const ofTile = (tile: number[]) => {
        if (exclusive) return -target * (tile[c]! - Math.log(tile.reduce((all, value) => all + Math.exp(value), 0)));
        const p = 1 / (1 + Math.exp(-tile[c]!));
        return -target * Math.log(p) - (1 - target) * Math.log(1 - p);
      };
      const weight = exclusive ? 1 : known[bag]![c]!;
      sum += (weight * present.map(ofTile).reduce((a, b) => a + b)) / present.length;
      count += exclusive ? 1 / 3 : weight;
    }
  }
  return sum / count;
}

describe.each([true, false])("the loss of tiles with their bag's label, exclusive %s", (exclusive) => {
  const loss = (z: tf.Tensor) =>
    tileLabelsLoss(z, tf.tensor(mask), tf.tensor(truth), exclusive ? undefined : tf.tensor(known), {
      exclusive,
      labelSmoothing: smoothing,
    });

  it("is the mean over tiles, then over bags, without padding", () => {
    expect(loss(tf.tensor(logits)).dataSync()[0]).toBeCloseTo(reference(logits, exclusive), 5);
  });

  it("has the gradient that central differences give", () => {
    const gradient = tf
      .grad((z) => loss(z))(tf.tensor(logits))
      .arraySync() as number[][][];
    for (const [b, t, c] of logits.flatMap((bag, b) =>
      bag.flatMap((tile, t) => tile.map((_, c) => [b, t, c] as const)),
    )) {
      const at = (d: number) => {
        const moved = structuredClone(logits);
        moved[b]![t]![c]! += d;
        return reference(moved, exclusive);
      };
      expect(gradient[b]![t]![c]!).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 4);
    }
  });
});

it("refuses shapes that do not fit, naming them", () => {
  expect(() =>
    tileLabelsLoss(tf.zeros([1, 2, 3]), tf.zeros([1, 3]), tf.zeros([1, 3]), undefined, { exclusive: true }),
  ).toThrow("[1,2,3], [1,3] and [1,3]");
});
