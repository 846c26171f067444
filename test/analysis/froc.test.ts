/** @file FROC as CAMELYON16 has it and AUC over tiles, beside NumPy and scikit-learn (fixtures/froc.py). */
import { readFileSync } from "node:fs";
import { froc, type SlideDetections } from "@tessera/analysis/bags/froc";
import { detectionsOf, highestTiles, instanceAuc, type KnownLabel } from "@tessera/analysis/bags/instanceScores";
import { describe, expect, it } from "vitest";

interface Fixture {
  readonly worlds: readonly { readonly slides: readonly SlideDetections[]; readonly at: readonly number[] }[];
  readonly bags: readonly { readonly labels: readonly KnownLabel[]; readonly scores: readonly number[] }[];
  readonly auc: number;
}
const fixture = JSON.parse(readFileSync(new URL("./fixtures/froc.json", import.meta.url), "utf8")) as Fixture;

describe("FROC", () => {
  it.each(fixture.worlds.map((world, at) => [at, world] as const))(
    "is CAMELYON16's (world %i)",
    (_, { slides, at }) => {
      const curve = froc(slides)!;
      for (const [place, { sensitivity }] of curve.at.entries()) expect(sensitivity).toBeCloseTo(at[place]!, 10);
      expect(curve.score).toBeCloseTo(at.reduce((sum, value) => sum + value, 0) / at.length, 10);
    },
  );

  it("counts a lesion once, at its highest detection, and false positives over all slides", () => {
    const slides = [
      {
        lesions: 2,
        detections: [
          { score: 0.9, lesion: 0 },
          { score: 0.2, lesion: 0 },
          { score: 0.5, lesion: null },
        ],
      },
      { lesions: 0, detections: [] },
    ];
    expect(froc(slides)!.points.slice(1)).toEqual([
      { threshold: 0.9, falsePositives: 0, sensitivity: 1 / 2 },
      { threshold: 0.5, falsePositives: 1 / 2, sensitivity: 1 / 2 },
    ]);
    expect(froc(slides)!.score).toBe(1 / 2);
  });

  it("is not defined without a lesion", () => {
    expect(froc([{ lesions: 0, detections: [{ score: 1, lesion: null }] }])).toBeNull();
  });
});

describe("scores of tiles", () => {
  it("have scikit-learn's AUC where labels are known", () => {
    expect(instanceAuc(fixture.bags)).toBeCloseTo(fixture.auc, 12);
    expect(instanceAuc([{ labels: [1, null], scores: [0.5, 0.1] }])).toBeNull();
  });

  it("are detections where they are highest within a radius", () => {
    const tiles = { x: [0, 10, 20, 100], y: [0, 0, 0, 0], scores: [0.5, 0.9, 0.5, 0.1] };
    expect(highestTiles(tiles, 10)).toEqual([1, 3]);
    expect(highestTiles(tiles, 9)).toEqual([1, 0, 2, 3]);
    const lesionAt = (x: number) => (x === 10 ? 0 : undefined);
    expect(detectionsOf(tiles, 10, lesionAt)).toEqual([{ score: 0.9, lesion: 0 }]);
  });
});
