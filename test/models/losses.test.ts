import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { initEngine } from "@tessera/engine/backend";
import { lossFor } from "@tessera/models/losses/byName";
import { crossEntropyLoss } from "@tessera/models/losses/crossEntropy";
import { softDiceLoss } from "@tessera/models/losses/softDice";
import { softDiceCrossEntropyLoss } from "@tessera/models/losses/softDiceCrossEntropy";
import { beforeAll, describe, expect, it } from "vitest";

/** Values by NumPy: see fixtures/make.py. */
interface Fixture {
  side: number;
  logits: number[][];
  truth: number[][];
  dicePerItem: number[];
  diceOverPresent: number;
  diceOverAll: number;
  crossEntropy: number;
  gradientOfSum: number[][];
}
const fixture = (
  JSON.parse(readFileSync(new URL("./fixtures/fixtures.json", import.meta.url), "utf8")) as { losses: Fixture }
).losses;

beforeAll(() => initEngine({ threads: 1 }));

const images = (items: number[][], side = 2) => tf.tensor(items.flat(), [items.length, side, side, 1]);
const value = (loss: tf.Tensor): number => loss.dataSync()[0]!;

/** One item of four pixels. */
const dice = (p: number[], g: number[], options?: object) => value(softDiceLoss(images([p]), images([g]), options));

/** d loss / d x_i by central differences, in TensorFlow's float32: good for about three digits. */
function differences(loss: (x: tf.Tensor) => tf.Scalar, x: number[], step = 1e-2): number[] {
  const at = (i: number, by: number) => value(loss(images([x.map((each, j) => (i === j ? each + by : each))])));
  return x.map((_, i) => (at(i, step) - at(i, -step)) / (2 * step));
}
const gradient = (loss: (x: tf.Tensor) => tf.Scalar, x: number[]) => [
  ...tf
    .grad(loss)(images([x]))
    .dataSync(),
];

describe("softDiceLoss", () => {
  it.each([
    { name: "perfect overlap", p: [1, 1, 0, 0], g: [1, 1, 0, 0], expected: 0 },
    { name: "no overlap", p: [1, 1, 0, 0], g: [0, 0, 1, 1], expected: 1 - 1e-5 / (4 + 1e-5) },
    { name: "half of the truth found", p: [1, 0, 0, 0], g: [1, 1, 0, 0], expected: 1 - 2 / 3 },
    { name: "empty prediction on a one-pixel region", p: [0, 0, 0, 0], g: [1, 0, 0, 0], expected: 1 },
    { name: "no truth: not counted", p: [0.5, 0.5, 0, 0], g: [0, 0, 0, 0], expected: 0 },
  ])("$name", ({ p, g, expected }) => {
    expect(dice(p, g)).toBeCloseTo(expected, 4);
  });

  it("counts an absent class where that is asked for", () => {
    expect(dice([0.5, 0.5, 0, 0], [0, 0, 0, 0], { countAbsent: true })).toBeCloseTo(1 - 1e-5 / (1 + 1e-5), 5);
    expect(dice([0, 0, 0, 0], [0, 0, 0, 0], { countAbsent: true })).toBeCloseTo(0, 6);
  });

  it("equals NumPy, item by item and as a mean", () => {
    const { logits, truth, side } = fixture;
    const p = images(logits, side).sigmoid();
    const g = images(truth, side);
    fixture.dicePerItem.forEach((expected, i) => {
      const [item, itsTruth] = [p.slice([i], [1]), g.slice([i], [1])];
      expect(value(softDiceLoss(item, itsTruth, { countAbsent: true }))).toBeCloseTo(expected, 5);
    });
    expect(value(softDiceLoss(p, g))).toBeCloseTo(fixture.diceOverPresent, 5);
    expect(value(softDiceLoss(p, g, { countAbsent: true }))).toBeCloseTo(fixture.diceOverAll, 5);
  });

  it("has the gradient that central differences give", () => {
    const loss = (p: tf.Tensor) => softDiceLoss(p, images([[1, 0, 1, 0]]));
    const p = [0.3, 0.6, 0.8, 0.1];
    const expected = differences(loss, p);
    gradient(loss, p).forEach((each, i) => {
      expect(each).toBeCloseTo(expected[i]!, 3);
    });
  });

  it("has a finite gradient on empty masks", () => {
    const loss = (p: tf.Tensor) => softDiceLoss(p, images([[0, 0, 0, 0]]), { countAbsent: true });
    expect(gradient(loss, [0, 0, 0, 0]).every(Number.isFinite)).toBe(true);
  });

  it("refuses shapes that differ, naming both, and a bad epsilon", () => {
    expect(() => softDiceLoss(tf.zeros([1, 2, 2, 1]), tf.zeros([1, 2, 2, 3]))).toThrow("[1,2,2,1] and [1,2,2,3]");
    expect(() => softDiceLoss(tf.zeros([2, 2]), tf.zeros([2, 2]))).toThrow("rank-4");
    expect(() => dice([1, 0, 0, 0], [1, 0, 0, 0], { epsilon: 0 })).toThrow("epsilon must be > 0");
  });

  it("leaves no tensor behind but its result", () => {
    const [p, g] = [tf.ones([1, 4, 4, 2]), tf.ones([1, 4, 4, 2])];
    const before = tf.memory().numTensors;
    for (const loss of [softDiceLoss, crossEntropyLoss, softDiceCrossEntropyLoss]) loss(p, g).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("crossEntropyLoss", () => {
  it("equals NumPy", () => {
    const { logits, truth, side } = fixture;
    expect(value(crossEntropyLoss(images(logits, side), images(truth, side)))).toBeCloseTo(fixture.crossEntropy, 5);
  });

  it("stays exact where a sigmoid would be 0 or 1", () => {
    const loss = (z: number, g: number) => value(crossEntropyLoss(tf.tensor1d([z]), tf.tensor1d([g])));
    expect(loss(200, 0)).toBe(200);
    expect(loss(-200, 1)).toBe(200);
    expect(loss(200, 1)).toBe(0);
    expect(loss(-15, 0) / Math.exp(-15)).toBeCloseTo(1, 3);
  });

  it("has the gradient that central differences give, at exactly 0 too", () => {
    const loss = (z: tf.Tensor) => crossEntropyLoss(z, images([[1, 0, 1, 0]]));
    const z = [0, 0, -1.5, 2];
    const expected = differences(loss, z, 0.05);
    gradient(loss, z).forEach((each, i) => {
      expect(each).toBeCloseTo(expected[i]!, 3);
    });
    expect(gradient(loss, z)[0]).toBeCloseTo((0.5 - 1) / 4, 6);
  });

  it("refuses shapes that differ, naming both", () => {
    expect(() => crossEntropyLoss(tf.zeros([2]), tf.zeros([3]))).toThrow("[2] and [3]");
  });
});

describe("the losses of a configuration", () => {
  it("take logits; the sum has NumPy's value and gradient", () => {
    const { logits, truth, side } = fixture;
    const [z, g] = [images(logits, side), images(truth, side)];
    expect(value(lossFor("softDice")(z, g))).toBeCloseTo(fixture.diceOverPresent, 5);
    expect(value(lossFor("softDiceCrossEntropy")(z, g))).toBeCloseTo(fixture.diceOverPresent + fixture.crossEntropy, 5);
    const got = tf
      .grad((x) => lossFor("softDiceCrossEntropy")(x, g))(z)
      .dataSync();
    fixture.gradientOfSum.flat().forEach((expected, i) => {
      expect(got[i]).toBeCloseTo(expected, 6);
    });
  });
});
