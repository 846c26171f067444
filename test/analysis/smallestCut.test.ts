import { type CutPoint, smallestCut } from "@tessera/analysis/smallestCut";
import type { Verdict } from "@tessera/analysis/verdict";
import { describe, expect, it } from "vitest";

const whole = { k: 4, mean: 0.9, low: 0.88, high: 0.92 };
const point = (k: number, verdict: Verdict | null, [low, high]: readonly [number, number] = [-0.5, 0.5]): CutPoint => ({
  k,
  mean: 0.5,
  difference: { low, high, verdict },
});
const within = (points: readonly CutPoint[]) => smallestCut(points, whole, { delta: 0.02, higherIsBetter: true });

describe("with a margin, the smallest cut", () => {
  it("is the one below which a cut falls short, never one that is equivalent by luck below that", () => {
    const points = [point(3, "equivalent"), point(2, "better"), point(1, "undecided"), point(0, "equivalent")];
    expect(within(points)).toEqual({
      k: 2,
      rule: "equivalent",
      sentence:
        "The first 2 blocks of 4 are enough: this cut and every larger one is equivalent within 0.02 to the whole encoder, or better.",
    });
    expect(within(points.toReversed()).k).toBe(2);
  });

  it("counts what is worse by less than the margin as equivalent", () => {
    expect(within([point(3, "worse", [-0.015, -0.001]), point(2, "worse", [-0.021, -0.001])]).k).toBe(3);
  });

  it("may be none, or all", () => {
    expect(within([point(3, "undecided"), point(0, "equivalent")])).toMatchObject({
      k: 4,
      sentence: expect.stringMatching(/^Every block is needed: 3 of 4 are not shown/),
    });
    expect(within([3, 2, 1, 0].map((k) => point(k, "equivalent")))).toMatchObject({
      k: 0,
      sentence: expect.stringMatching(/^No block is needed/),
    });
  });

  it("waits for the verdict it needs, and for no other", () => {
    expect(within([point(3, "equivalent"), point(2, null), point(1, "worse")])).toMatchObject({
      k: null,
      sentence: expect.stringContaining("the first 2 blocks cannot be judged before every run"),
    });
    expect(within([point(3, "undecided"), point(2, null)]).k).toBe(4);
    expect(within([{ k: 3, mean: null, difference: null }]).k).toBeNull();
  });
});

describe("without a margin, the smallest cut", () => {
  const inside = (means: readonly (number | null)[], higherIsBetter = true) =>
    smallestCut(
      means.map((mean, k) => ({ k, mean, difference: null })),
      whole,
      { delta: null, higherIsBetter },
    );

  it("is by means inside the interval, and says that it tests nothing", () => {
    expect(inside([0.95, 0.5, 0.88, 0.93])).toMatchObject({
      k: 2,
      rule: "inside",
      sentence: expect.stringMatching(/describes these runs and is no test\.$/),
    });
    expect(inside([0.1, 0.93, 0.5, 0.92], false).k).toBe(2);
    expect(inside([0.9, 0.9, null, 0.9]).k).toBeNull();
    const { sentence } = smallestCut([{ k: 3, mean: 0.9, difference: null }], { ...whole, low: null, high: null }, { delta: null, higherIsBetter: true }); // biome-ignore format: one call
    expect(sentence).toContain("before two seeds of it and of the whole encoder");
  });
});
