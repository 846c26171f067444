import { describe, expect, it } from "vitest";
import {
  type Answer,
  drawnSizes,
  memoryCsv,
  roomOf,
  sentenceOf,
  sizeTicks,
} from "../../apps/web/src/features/bagMemory/model.ts";

const answer: Answer = {
  ...{ limitBytes: 4e9, baseBytes: 3e8, features: 512, largestBag: 20_000, bagsAtOnce: 1, largestThatFits: 9000 },
  sizes: [
    { tiles: 64, predictedBytes: 6e8, measuredBytes: 4e8 },
    { tiles: 20_000, predictedBytes: 9e9, measuredBytes: null },
  ],
};

describe("a plan of bags' memory", () => {
  it("says which bag fits, and whether the run's own must be drawn from", () => {
    expect(sentenceOf(answer)).toBe(
      "With one bag in a step, bags of up to 9,000 tiles fit into 4.00 GB. The run’s largest has 20,000 tiles: draw at most 9,000 tiles of it (bag.tiles).",
    );
    expect(sentenceOf({ ...answer, largestBag: 1 })).toContain("has 1 tile, so all of every bag can be trained on.");
    expect(sentenceOf({ ...answer, largestThatFits: null })).toContain("Not even one bag of one tile");
  });

  it("says how far the plan is above what was measured, of what was measured", () => {
    expect(roomOf(answer)).toBeCloseTo(0.5, 10);
    expect(roomOf({ ...answer, sizes: answer.sizes.slice(1) })).toBeNull();
    expect(memoryCsv(answer).split(/\r?\n/)[2]).toBe("20000,9000000000,");
  });
});

it("asks the chance of sizes from 1 to all, once each and rising, the largest that fits among them", () => {
  const sizes = drawnSizes(10_000, [777, 20_000]);
  expect([sizes[0], sizes.at(-1), sizes.includes(777)]).toEqual([1, 10_000, true]);
  expect(sizes).toEqual([...new Set(sizes)].sort((a, b) => a - b));
  expect(sizes.length).toBeLessThan(70);
  expect(drawnSizes(2)).toEqual([1, 2]);
});

it("marks sizes at 1, 2, 5, or at powers of ten where there is little room", () => {
  expect(sizeTicks(64, 1000, 9)).toEqual([100, 200, 500, 1000]);
  expect(sizeTicks(1, 10_000, 6)).toEqual([1, 10, 100, 1000, 10_000]);
});
