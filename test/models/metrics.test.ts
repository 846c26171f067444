import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { countedThresholds } from "@tessera/domain/measures";
import { pixelCounts } from "@tessera/domain/pixelCounts";
import { initEngine } from "@tessera/engine/backend";
import { countsAtThresholds, thresholded } from "@tessera/models/metrics/thresholds";
import { beforeAll, describe, expect, it } from "vitest";

/** Counts by scikit-learn: see fixtures/make.py. */
interface MaskFixture {
  width: number;
  height: number;
  truth: string;
  predicted: string;
  counts: object;
}
const { masks } = JSON.parse(readFileSync(new URL("./fixtures/fixtures.json", import.meta.url), "utf8")) as {
  masks: MaskFixture[];
};

const digits = (text: string) => Uint8Array.from(text, Number);

describe("pixelCounts", () => {
  it.each(masks)("equals scikit-learn on $width × $height", ({ truth, predicted, counts }) => {
    expect(pixelCounts(digits(predicted), digits(truth))).toEqual(counts);
  });

  it("takes any byte but 0 as foreground, and refuses lengths that differ", () => {
    expect(pixelCounts(Uint8Array.of(255, 0), Uint8Array.of(1, 7))).toMatchObject({
      truePositives: 1,
      falseNegatives: 1,
    });
    expect(() => pixelCounts(new Uint8Array(3), new Uint8Array(4))).toThrow("got 3 and 4");
  });

  it("follows a threshold that is itself foreground", () => {
    expect([...thresholded(Float32Array.of(0.25, 0.5, 0.75), 0.5)]).toEqual([0, 1, 1]);
  });
});

describe("thresholds", () => {
  beforeAll(() => initEngine({ threads: 1 }));

  /** Each threshold's nearest float32 values: below, at and above it; the limits; and no number. */
  const neighbours = Float32Array.from([
    ...countedThresholds.flatMap((threshold) => {
      const bits = new Int32Array(Float32Array.of(threshold).buffer)[0]!;
      return [...new Float32Array(Int32Array.of(bits - 1, bits, bits + 1).buffer)];
    }),
    0,
    1,
    Number.NaN,
  ]);

  it.each(countedThresholds)("%f compares as TensorFlow does", (threshold) => {
    const mask = tf.tidy(() => tf.tensor1d(neighbours).greaterEqual(threshold).dataSync());
    expect([...thresholded(neighbours, threshold)]).toEqual([...mask]);
  });

  it("all at once count what each counts alone", () => {
    const truth = Uint8Array.from(neighbours, (_, i) => (i % 3 === 0 ? 255 : 0));
    const each = countedThresholds.map((threshold) => pixelCounts(thresholded(neighbours, threshold), truth));
    expect(countsAtThresholds(neighbours, truth, countedThresholds)).toEqual({
      thresholds: countedThresholds,
      truePositives: each.map(({ truePositives }) => truePositives),
      falsePositives: each.map(({ falsePositives }) => falsePositives),
    });
    expect(() => countsAtThresholds(neighbours, new Uint8Array(3), [0.5])).toThrow("and 3");
  });
});
