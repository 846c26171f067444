import { averagePrecision } from "@tessera/analysis/classification/averagePrecision";
import { rank } from "@tessera/analysis/classification/ranking";
import { maskQuality, type PredictedMask, softDiceQuality } from "@tessera/analysis/labelErrors/maskQuality";
import { mean } from "@tessera/analysis/summary";
import { describe, expect, it } from "vitest";
import fixture from "./fixtures/maskRanking.json" with { type: "json" }; // cleanlab, by maskRanking.py

type Image = readonly [wrong: number, truthPixels: number, otherPixels: number, inside: number[], outside: number[]];

/** How well a score ranks the wrong masks of a set, minus how well cleanlab's softmin over all pixels does. */
const gain = (score: (mask: PredictedMask) => number) =>
  fixture.sets.map(({ images, averagePrecision: theirs }) => {
    const rows = images as unknown as Image[];
    const quality = rows.map(([, truthPixels, otherPixels, truePositives, falsePositives]) =>
      score({ truthPixels, otherPixels, counts: { thresholds: fixture.thresholds, truePositives, falsePositives } }),
    );
    const ranked = rank(rows.map(([wrong]) => wrong), quality.map((each) => -each)); // biome-ignore format: one line
    return averagePrecision(ranked)! - theirs;
  });

describe("the ranking of masks in nine planted worlds that no score was chosen on", () => {
  const gains = gain(maskQuality);

  it("finds wrong masks from counts no worse than cleanlab does from every pixel", () => {
    expect(gains).toHaveLength(18);
    expect(mean(gains)).toBeGreaterThan(0);
    expect(Math.min(...gains)).toBeGreaterThan(-0.02); // 18 wrong masks a set: one place lost at the top costs as much
  });

  it("needs both of its parts", () => {
    expect(mean(gain(softDiceQuality))).toBeLessThan(mean(gains) - 0.01);
  });
});
