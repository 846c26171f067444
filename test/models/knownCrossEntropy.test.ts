import * as tf from "@tensorflow/tfjs";
import { initEngine } from "@tessera/engine/backend";
import { crossEntropyLoss } from "@tessera/models/losses/crossEntropy";
import { knownCrossEntropyLoss } from "@tessera/models/losses/knownCrossEntropy";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => initEngine({ threads: 1 }));

const logits = [0, 2, -3, 0.5, -40, 40];
const truth = [1, 0, 0, 1, 1, 0];
const known = [1, 1, 0, 1, 0, 1];
const tensor = (values: readonly number[]) => tf.tensor2d([...values], [2, 3]);
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

describe("knownCrossEntropyLoss", () => {
  it("is the mean over the known values, whatever the others are", () => {
    const terms = logits.map((z, i) => Math.log(1 + Math.exp(truth[i] === 1 ? -z : z)));
    const expected = terms.reduce((sum, term, i) => sum + term * known[i]!, 0) / 4;
    expect(knownCrossEntropyLoss(tensor(logits), tensor(truth), tensor(known)).dataSync()[0]).toBeCloseTo(expected, 5);
    const other = truth.map((value, i) => (known[i] === 1 ? value : 1 - value));
    expect(knownCrossEntropyLoss(tensor(logits), tensor(other), tensor(known)).dataSync()[0]).toBeCloseTo(expected, 5);
  });

  it("is crossEntropyLoss where all is known, and 0 where nothing is", () => {
    const ones = tensor(truth.map(() => 1));
    const [all, plain] = [knownCrossEntropyLoss(tensor(logits), tensor(truth), ones), crossEntropyLoss(tensor(logits), tensor(truth))]; // biome-ignore format: a pair
    expect(all.dataSync()[0]).toBeCloseTo(plain.dataSync()[0]!, 5);
    expect(knownCrossEntropyLoss(tensor(logits), tensor(truth), tensor(truth.map(() => 0))).dataSync()[0]).toBe(0);
  });

  it("has its gradient at the known values alone, with the truth smoothed", () => {
    const labelSmoothing = 0.2;
    const of = (z: tf.Tensor) => knownCrossEntropyLoss(z, tensor(truth), tensor(known), { labelSmoothing });
    const gradient = [...tf.grad(of)(tensor(logits)).dataSync()];
    const smooth = truth.map((value) => value * (1 - labelSmoothing) + labelSmoothing / 2);
    const expected = logits.map((z, i) => ((sigmoid(z) - smooth[i]!) * known[i]!) / 4);
    for (const [i, value] of gradient.entries()) expect(value).toBeCloseTo(expected[i]!, 6);
  });

  it("refuses shapes that differ", () => {
    expect(() => knownCrossEntropyLoss(tensor(logits), tensor(truth), tf.ones([2, 2]))).toThrow("three equal shapes");
  });
});
