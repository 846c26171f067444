import { readFileSync } from "node:fs";
import { pixelCounts, thresholded } from "@tessera/models/metrics/counts";
import { describe, expect, it } from "vitest";

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
