/** @file Losses for label noise against PyTorch (fixtures/make_noise_losses.py), and what must hold of them whatever the labels. */
import * as tf from "@tensorflow/tfjs";
import { type NoiseLoss, noiseLossNames, noiseLossValues } from "@tessera/domain/configuration/noiseLosses";
import { initEngine } from "@tessera/engine/backend";
import { lossFor } from "@tessera/models/losses/byName";
import { meanOfClasses, meanOfValues } from "@tessera/models/losses/noiseRobust";
import { noiseRobustFor } from "@tessera/models/losses/noiseRobustByName";
import { softmaxCrossEntropyLoss } from "@tessera/models/losses/softmaxCrossEntropy";
import { beforeAll, describe, expect, it } from "vitest";
import { expectAsTorch, readFixture, type Subject, type TorchCase } from "./support/torchCase.ts";

const { cases } = readFixture<{ cases: Record<string, TorchCase> }>("noiseLosses.json");

beforeAll(() => initEngine({ threads: 1 }));

/** "classes {...}": what the labels are, and the loss. */
function subjectOf(name: string): Subject {
  const [, of, loss] = /^(.*?) (\{.*)$/.exec(name)!;
  const configured = JSON.parse(loss!) as NoiseLoss;
  const robust = noiseRobustFor(configured);
  if (of === "pixels") return { forward: ({ z, g }) => [lossFor(configured)(z!, g!)] };
  if (of === "values") return { forward: ({ z, g, k }) => [meanOfValues(robust, z!, g!, k)] };
  return { forward: ({ z, g }) => [meanOfClasses(robust, z!, g!)] };
}

describe("values and gradients are those of PyTorch in float64", () => {
  it("of every loss, for classes, values and pixels", () => {
    for (const name of noiseLossNames)
      for (const of of ["classes", "two classes", "values", "pixels"])
        expect(Object.keys(cases).some((each) => each.startsWith(`${of} {"name": "${name}"`))).toBe(true);
  });

  for (const [name, expected] of Object.entries(cases)) {
    it.each([
      { how: "eager", compiled: false },
      { how: "compiled", compiled: true },
    ])(`${name}, $how`, ({ compiled }) => expectAsTorch(expected, subjectOf(name), compiled));
  }
});

const value = (loss: tf.Tensor): number => loss.dataSync()[0]!;
const of = (name: NoiseLoss["name"], more: object = {}) =>
  noiseRobustFor({ name, ...noiseLossValues[name], ...more } as NoiseLoss);
const z = [
  [0.3, -1.2, 2.1],
  [-2, 0.5, 0.4],
];
const g = [
  [0, 1, 0],
  [0, 0, 1],
];
const classes = (loss: ReturnType<typeof of>, logits: number[][] = z) =>
  value(meanOfClasses(loss, tf.tensor2d(logits), tf.tensor2d(g)));

describe("limits", () => {
  const crossEntropy = () => value(softmaxCrossEntropyLoss(tf.tensor2d(z), tf.tensor2d(g)));

  it("are cross entropy: a beta of 1, a q near 0, no reverse", () => {
    for (const loss of [
      of("softBootstrap", { beta: 1 }),
      of("hardBootstrap", { beta: 1 }),
      of("symmetricCrossEntropy", { alpha: 1, beta: 0 }),
    ])
      expect(classes(loss)).toBeCloseTo(crossEntropy(), 5);
    expect(classes(of("generalizedCrossEntropy", { q: 1e-4 }))).toBeCloseTo(crossEntropy(), 3);
  });

  it("of a label that the network is sure is wrong are bounded where the paper says so", () => {
    const sure = [
      [80, 0, 0],
      [80, 0, 0],
    ];
    expect(classes(of("generalizedCrossEntropy", { q: 0.7 }), sure)).toBeCloseTo(1 / 0.7, 5);
    expect(classes(of("symmetricCrossEntropy", { alpha: 0 }), sure)).toBeCloseTo(4, 5);
    expect(classes(of("hardBootstrap", { beta: 0.8 }), sure)).toBeCloseTo(0.8 * 80, 3);
  });
});

describe.each(noiseLossNames)("%s of exclusive classes", (name) => {
  const loss = of(name);

  it("has the gradient that central differences give", () => {
    const step = 0.02;
    const at = (item: number, k: number, by: number) =>
      classes(loss, z.map((row, i) => (i === item ? row.with(k, row[k]! + by) : row))); // biome-ignore format: one line
    const gradient = tf
      .grad((x: tf.Tensor) => meanOfClasses(loss, x, tf.tensor2d(g)))(tf.tensor2d(z))
      .dataSync();
    const expected = z.flatMap((row, item) => row.map((_, k) => (at(item, k, step) - at(item, k, -step)) / (2 * step)));
    const scale = Math.max(...expected.map(Math.abs));
    for (const [i, each] of expected.entries()) expect(Math.abs(gradient[i]! - each) / scale).toBeLessThan(2e-3);
  });

  it("is finite at any finite logits, and so is its gradient", () => {
    for (const big of [0, 40, 1e4, -1e4]) {
      const { value: cost, grad } = tf.valueAndGrad((x: tf.Tensor) => meanOfClasses(loss, x, tf.tensor2d(g)))(
        tf.tensor2d([
          [big, 0, -big],
          [0, 0, 0],
        ]),
      );
      expect([...cost.dataSync(), ...grad.dataSync()].every(Number.isFinite), String(big)).toBe(true);
    }
  });

  it("leaves no tensor behind but its result, and refuses shapes that differ, naming both", () => {
    const [logits, truth] = [tf.tensor2d(z), tf.tensor2d(g)];
    const before = tf.memory().numTensors;
    meanOfClasses(loss, logits, truth).dispose();
    meanOfValues(loss, logits, truth).dispose();
    expect(tf.memory().numTensors).toBe(before);
    expect(() => meanOfClasses(loss, logits, tf.zeros([2, 2]))).toThrow(`${name}: expected two equal shapes`);
    expect(() => meanOfValues(loss, logits, truth, tf.zeros([2, 2]))).toThrow("[2,3] and [2,3] and [2,2]");
  });
});
