import { armScore, differenceTo } from "@tessera/analysis/armScore";
import { contiguity } from "@tessera/analysis/segmentation/contiguity";
import { contiguityArm, contiguityGallery } from "@tessera/analysis/segmentation/contiguityBoard";
import { droppedPixelCurves } from "@tessera/analysis/segmentation/droppedPixelCurves";
import { type ArmOf, type ItemFacts, mapFacts } from "@tessera/analysis/segmentation/itemFacts";
import { profileTruth } from "@tessera/analysis/segmentation/measure";
import { segmentationMetrics } from "@tessera/analysis/segmentation/metrics";
import { metricTable } from "@tessera/analysis/segmentation/metricTable";
import { postProcessingResult } from "@tessera/analysis/segmentation/postProcessingResult";
import { regionSizeBoard } from "@tessera/analysis/segmentation/regionSizes";
import { sizeStrata, stratumOf } from "@tessera/analysis/strata";
import { describe, expect, it } from "vitest";
import { factsOf } from "./facts.ts";
import { byPixel } from "./masks.ts";

const side = 64;
const disc = (r: number, dx = 0) => byPixel(side, side, (x, y) => Math.hypot(x - 32 - dx, y - 32) <= r);
const none = new Uint8Array(side * side);
const facts = (truth: Uint8Array, prediction: Uint8Array) => [factsOf(truth, prediction, side, side)];
const radii = Array.from({ length: 12 }, (_, i) => 8 + i / 2); // 5 to 15 % of the image, but for the first two
const withDirt = (mask: Uint8Array) =>
  mask.map((value, i) => (i === 70 || i === 200 ? 1 : value)).with(32 * side + 32, 0);

/** Every item moved by the arm's pixels; in odd seeds by one more. */
const moved = (name: string, pixels: number, after = (mask: Uint8Array) => mask): ArmOf<ItemFacts> => ({
  name,
  runs: [1, 2, 3, 4, 5].map((seed) => ({
    seed,
    items: new Map(radii.map((r, i) => [`item-${i}`, facts(disc(r), after(disc(r, pixels + (seed % 2))))])),
  })),
});
const [near, far] = [moved("near", 1), moved("far", 3)];

describe("metricTable", () => {
  const rows = metricTable([near, far], "near", { metrics: segmentationMetrics });
  const cell = (row: number, name: string) =>
    rows[row]!.cells[segmentationMetrics.findIndex((each) => each.name === name)]!;

  it("knows that a lower distance is better", () => {
    const { difference, mean } = cell(1, "hd95");
    expect(mean).toBeGreaterThan(cell(0, "hd95").mean!);
    expect(difference!.compared!.verdict).toBe("worse");
    expect(difference!.reason).toMatch(/^near is better than far: far - near = 2\..*lower is better\)\.$/);
    expect(cell(1, "dice").difference!.compared!.verdict).toBe("worse");
    expect(cell(1, "dice").difference!.reason).not.toContain("lower");
  });

  it("has no difference for the reference, and none of a metric without scores", () => {
    expect(rows[0]!.cells.every((each) => each.difference === null)).toBe(true);
    expect(cell(1, "hd95Mm")).toMatchObject({ mean: null, items: 0, undefinedItems: radii.length });
    expect(cell(1, "hd95Mm").difference).toMatchObject({ compared: null, reason: expect.stringContaining("no item") });
  });

  it("gives no verdict while runs are pending, and tests the margin of the metric it was declared for", () => {
    const [, row] = metricTable([near, far], "near", {
      metrics: segmentationMetrics,
      runs: () => ({ planned: 12, pending: 2, failed: 0 }),
      delta: (metric) => (metric === "dice" ? 0.5 : null),
    });
    const [dice, iou] = [row!.cells[0]!.difference!, row!.cells[1]!.difference!];
    expect(dice.compared).toMatchObject({ verdict: null, equivalence: { equivalent: true } });
    expect(iou.compared!.equivalence).toBeNull();
    expect(dice.reason).toContain("2 of 12 runs");
  });
});

describe("armScore", () => {
  it("is null and says how many items are undefined where no item is scored in every run", () => {
    const scores = (a: number | null, b: number | null) =>
      new Map([
        ["a", a],
        ["b", b],
      ]);
    const arm = {
      name: "x",
      runs: [
        { seed: 1, scores: scores(1, null) },
        { seed: 2, scores: scores(null, 1) },
      ],
    };
    expect(armScore(arm)).toMatchObject({ mean: null, seeds: 2, items: 0, undefinedItems: 2 });
    expect(armScore({ name: "x", runs: [] })).toMatchObject({ mean: null, seeds: 0, items: 0, undefinedItems: 0 });
    expect(differenceTo({ name: "y", runs: [] }, arm)).toEqual({
      compared: null,
      reason: "No comparison yet: y has no score.",
    });
  });
});

describe("regionSizeBoard", () => {
  const empty: ArmOf<ItemFacts> = {
    name: "empty",
    runs: [
      {
        seed: 1,
        items: new Map([
          ["item-0", facts(disc(8), none)],
          ["no region", facts(none, none)],
        ]),
      },
    ],
  };
  const board = regionSizeBoard([near, empty]);

  it("has a point for each item with a region", () => {
    expect(board.points).toHaveLength(radii.length);
    expect(board.withoutRegion).toBe(1);
    const point = board.points[0]!;
    const [shift, dice] = [point.oneShift!, point.scores[0]!.dice!];
    expect(point.regionShare).toBe(point.pixels / side ** 2);
    const { eroded, dilated } = facts(disc(8), none)[0]!.truth.errorCurves!;
    expect([point.oneErosion, point.oneDilation]).toEqual([eroded[1], dilated[1]]);
    expect(dice).toBeLessThan(shift); // of moves by 1 and 2 pixels
    expect(dice).toBeGreaterThan(point.twoShift!);
    expect(point.scores[0]).toMatchObject({ equivalentError: expect.closeTo((2 * 1 + 3 * 2) / 5, 2), atLeast: false });
    expect(point.scores[1]).toMatchObject({ dice: 0, atLeast: true });
  });

  it("sums up the equivalent error of an arm", () => {
    expect(board.arms[0]).toMatchObject({ arm: "near", mean: expect.closeTo(1.6, 2), seeds: 5, items: 12, atLeast: 0 });
    expect(board.arms[1]).toMatchObject({ arm: "empty", items: 1, undefinedItems: 1, atLeast: 1 });
  });

  it("has an interval in strata of ten items or more alone", () => {
    const strata = new Map(board.strata.map((stratum) => [stratum.label, stratum]));
    const small = strata.get("1–5 %")!;
    const large = strata.get("5–15 %")!;
    expect([small.items, large.items]).toEqual([1, 11]);
    expect(small.arms[0]).toMatchObject({ dice: expect.any(Number), low: null, errorLow: null });
    expect(large.arms[0]).toMatchObject({ low: expect.any(Number), errorHigh: expect.any(Number) });
    expect(large.arms[1]).toMatchObject({ dice: null, equivalentError: null });
    expect(large.onePixelDice).toBeGreaterThan(small.onePixelDice!);
    expect(strata.get("< 1 %")).toMatchObject({ items: 0, onePixelDice: null, readers: 0 });
  });

  it("sorts items by the shares that it is given", () => {
    const shares = new Map(radii.map((_, i) => [`item-${i}`, 0.001]));
    expect(regionSizeBoard([near], shares).strata[0]).toMatchObject({ label: "< 1 %", items: 12 });
  });

  it("means readers' Dice over the items that have two", () => {
    const [truth, profile] = [
      disc(8),
      profileTruth(disc(8), side, side, {
        seed: 1,
        readers: [
          { reader: "A", mask: disc(8) },
          { reader: "B", mask: disc(8, 1) },
        ],
      }),
    ];
    const read: ArmOf<ItemFacts> = {
      name: "x",
      runs: [{ seed: 1, items: new Map([["item", facts(truth, truth).map((each) => ({ ...each, truth: profile }))]]) }],
    };
    const { points, strata } = regionSizeBoard([read]);
    expect(points[0]!.readerDice).toBe(profile.readers[0]!.dice);
    expect(strata[1]).toMatchObject({ readers: 1, readerDice: profile.readers[0]!.dice });
  });
});

describe("contiguity", () => {
  const inPieces = (arm: ArmOf<ItemFacts>) =>
    mapFacts(arm, ({ counts, truth, prediction }) => ({ counts, contiguity: contiguity(truth.topology, prediction) }));

  it("means pieces and holes, and shows the predictions most in pieces first", () => {
    const dirty = moved("dirty", 0, withDirt);
    expect(contiguityArm(inPieces(dirty))).toMatchObject({
      pieces: 3,
      truthPieces: 1,
      holes: 1,
      falsePieces: 2,
      splitPieces: 0,
      seeds: 5,
      items: 12,
    });
    expect(contiguityArm(inPieces(near))).toMatchObject({ pieces: 1, holes: 0, largestShare: 1 });
    const gallery = contiguityGallery([inPieces(near), inPieces(dirty)], 7);
    expect(gallery).toHaveLength(7);
    expect(gallery[0]).toMatchObject({ arm: "dirty", itemId: "item-0", pieces: 3, holes: 1 }); // the smallest region
  });
});

describe("postProcessingResult", () => {
  const dirty = moved("dirty", 0, withDirt);

  it("chooses on validation what it shows on the other fold", () => {
    const result = postProcessingResult(dirty, dirty)!;
    expect(result.choice).toEqual({ keep: "largest", minPixels: 0, fillHoles: true });
    expect(result.before).toMatchObject({ pieces: 3, holes: 1 });
    expect(result.after).toMatchObject({ pieces: 1, holes: 0, largestShare: 1 });
    const { estimate, seeds } = result.difference.compared!.difference;
    expect(estimate).toBeCloseTo(result.after.dice! - result.before.dice!, 12);
    expect([estimate > 0, seeds]).toEqual([true, 5]);
  });

  it("does not look at what it shows", () => {
    const result = postProcessingResult(near, dirty)!;
    expect(result.choice).toEqual({ keep: "all", minPixels: 0, fillHoles: false });
    expect(result.after).toEqual(result.before);
    expect(postProcessingResult({ name: "dirty", runs: [] }, dirty)).toBeNull();
  });
});

it("draws what wrong pixels cost, over all truths and by size", () => {
  const truths = [disc(3), disc(12)].map((truth) => ({
    regionShare: truth.filter(Boolean).length / side ** 2,
    profile: profileTruth(truth, side, side, { seed: 3 }),
  }));
  const curves = droppedPixelCurves(truths);
  const of = (placement: string, stratum: string) =>
    curves.find((curve) => curve.placement === placement && curve.stratum === stratum);
  expect([...new Set(curves.map((curve) => curve.stratum))]).toEqual(["all", "< 1 %", "5–15 %"]);
  expect(of("inside", "all")!.items).toEqual([1, 2, 2, 2, 2, 2]); // 1 % of 29 pixels is none
  expect(of("inside", "5–15 %")!.dice).toEqual(
    truths[1]!.profile.dropped.filter((each) => each.placement === "inside").map((each) => each.dice),
  );
  expect(of("far", "5–15 %")!.hd95!.at(-1)).toBeGreaterThan(of("near", "5–15 %")!.hd95!.at(-1)!);
});

it("names the stratum that counts a share", () => {
  for (const share of [0.001, 0.01, 0.0499, 0.05, 0.15, 0.4, 1]) {
    const counted = sizeStrata([{ regionShare: share, score: 1 }]).strata.find((stratum) => stratum.n === 1)!;
    expect(stratumOf(share)).toBe(counted.label);
  }
  expect(stratumOf(0)).toBeNull();
});
