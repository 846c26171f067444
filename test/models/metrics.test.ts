import { readFileSync } from "node:fs";
import { componentCount } from "@tessera/models/metrics/components";
import { pixelCounts, thresholded } from "@tessera/models/metrics/counts";
import { describe, expect, it } from "vitest";

/** Counts by scikit-learn, components by SciPy: see fixtures/make.py. */
interface MaskFixture {
  width: number;
  height: number;
  truth: string;
  predicted: string;
  counts: object;
  components: number;
}
const { masks } = JSON.parse(readFileSync(new URL("./fixtures/fixtures.json", import.meta.url), "utf8")) as {
  masks: MaskFixture[];
};

/** Rows of "#" and "." as a mask. */
const drawn = (...rows: string[]) => Uint8Array.from(rows.join(""), (pixel) => (pixel === "#" ? 1 : 0));
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

describe("componentCount", () => {
  it.each(masks)("equals SciPy on $width × $height", ({ truth, width, height, components }) => {
    expect(componentCount(digits(truth), width, height)).toBe(components);
  });

  it.each([
    { name: "corners touch", rows: ["#..", ".#.", "..#"], expected: 1 },
    { name: "the other diagonal", rows: ["..#", ".#.", "#.."], expected: 1 },
    { name: "a row's end does not touch the next row's start", rows: ["..#", "...", "#.."], expected: 2 },
    { name: "right edge and left edge of neighbouring rows", rows: ["...#", "#..."], expected: 2 },
    { name: "two arms that join at the bottom", rows: ["#.#", "#.#", "###"], expected: 1 },
    { name: "a ring with a dot inside", rows: ["#####", "#...#", "#.#.#", "#...#", "#####"], expected: 2 },
    { name: "nothing", rows: ["..", ".."], expected: 0 },
  ])("$name", ({ rows, expected }) => {
    expect(componentCount(drawn(...rows), rows[0]!.length, rows.length)).toBe(expected);
  });

  it("refuses a size that is not the mask's", () => {
    expect(() => componentCount(new Uint8Array(5), 2, 3)).toThrow("2 × 3 is not a mask of 5 pixels");
  });
});
