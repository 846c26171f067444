/** @file The boards of many items: means and intervals done by hand. What is measured of one item has tests of its own. */
import { contiguityOfArm, worseInPieces } from "@tessera/analysis/segmentation/contiguityBoard";
import { droppedPixelCurves } from "@tessera/analysis/segmentation/droppedPixelCurves";
import { regionSizes } from "@tessera/analysis/segmentation/regionSizeBoard";
import { tQuantile } from "@tessera/analysis/studentT";
import { describe, expect, it } from "vitest";

const curves = {
  errors: [0, 1, 2, 3],
  eroded: [1, 0.8, 0.4, 0],
  dilated: [1, 0.9, 0.8, 0.7],
  shifted: [1, 0.7, 0.5, 0.5],
};
const truth = (itemId: string, regionShare: number, more: object = {}) => ({
  itemId,
  itemName: itemId,
  regionShare,
  pixels: 10,
  curves,
  readers: [] as (number | null)[],
  ...more,
});
const error = (pixels: number, atLeast = false) => ({ pixels, atLeast });

describe("region sizes", () => {
  it("put each item beside what known errors cost its own truth, smallest first", () => {
    const truths = [
      truth("large", 0.2, { readers: [0.9, 0.7, null] }),
      truth("empty", 0, { curves: null }),
      truth("small", 0.002, { curves: { errors: [0, 1], eroded: [1, 0], dilated: [1, 0.3], shifted: [1, 0.2] } }),
      truth("unmeasured", 0.3, { curves: null }),
    ];
    const { points, withoutRegion } = regionSizes(truths, []);
    expect(points.map((point) => point.itemId)).toEqual(["small", "large", "unmeasured"]);
    expect(withoutRegion).toBe(1);
    expect(points[1]).toMatchObject({
      oneErosion: 0.8,
      oneDilation: 0.9,
      oneShift: 0.7,
      twoShift: 0.5,
      threeShift: 0.5,
    });
    expect(points[1]!.readerDice).toBeCloseTo((0.9 + 0.7) / 2, 12);
    expect(points[0]).toMatchObject({ oneErosion: 0, threeShift: 0.2, readerDice: null }); // flat from its last error on
    expect(points[2]).toMatchObject({ oneErosion: null, oneShift: null });
  });

  it("average items, then seeds, with an interval over seeds; and leave empty truths out", () => {
    const truths = [truth("a", 0.2), truth("b", 0.2), truth("empty", 0)];
    const dice = new Map([
      ["a", 0.5],
      ["b", 0.7],
    ] as const);
    const runs = [
      {
        seed: 0,
        dice,
        errors: new Map([
          ["a", error(1)],
          ["b", error(2, true)],
          ["empty", null],
        ] as const),
      },
      {
        seed: 1,
        dice,
        errors: new Map([
          ["a", error(2)],
          ["b", error(4)],
          ["empty", null],
        ] as const),
      },
      { seed: 2, dice, errors: new Map() }, // not measured yet
    ];
    const { arms, points } = regionSizes(truths, [{ name: "A", runs }]);
    const half = (tQuantile(0.975, 1) * Math.abs(3 - 1.5)) / Math.SQRT2 / Math.SQRT2;
    expect(arms[0]).toMatchObject({
      arm: "A",
      equivalentError: (1.5 + 3) / 2,
      seeds: 2,
      items: 2,
      atLeast: 1,
      undefinedItems: 0,
    });
    expect(arms[0]!.low).toBeCloseTo(2.25 - half, 10);
    expect(points[1]!.scores).toEqual([{ arm: "A", dice: expect.closeTo(0.7, 12), equivalentError: 3, atLeast: true }]);
  });

  it("have no interval in a stratum below ten items, and one from ten on", () => {
    const ids = Array.from({ length: 19 }, (_, i) => `${i}`);
    const truths = ids.map((id, i) => truth(id, i < 10 ? 0.005 : 0.1)); // ten small, nine larger
    const dice = new Map(ids.map((id, i) => [id, i / 20] as const));
    const { strata } = regionSizes(truths, [{ name: "A", runs: [{ seed: 0, dice, errors: new Map() }] }]);
    expect(strata.map(({ label, items }) => [label, items])).toEqual([
      ["< 1 %", 10],
      ["1–5 %", 0],
      ["5–15 %", 9],
      ["15–40 %", 0],
      ["≥ 40 %", 0],
    ]);
    const [small, , larger] = strata;
    expect(small!.arms[0]!.dice).toBeCloseTo(4.5 / 20, 12);
    expect(small!.arms[0]!.low).toBeLessThan(small!.arms[0]!.dice!);
    expect(small!.arms[0]).toMatchObject({ equivalentError: null, errorLow: null });
    expect(larger!.arms[0]).toMatchObject({ low: null, high: null });
    expect(small!.onePixelDice).toBeCloseTo(0.7, 12);
  });
});

describe("dropped pixels", () => {
  const dropped = (placement: "inside" | "far", share: number, dice: number, hd95: number | null) => ({
    placement,
    share,
    pixels: 1,
    dice,
    hd95,
    assd: hd95,
    nsd: 1,
  });

  it("are averaged over the items with room for them, for all and for each size", () => {
    const items = [
      { regionShare: 0.2, dropped: [dropped("far", 0.1, 0.9, 10), dropped("far", 0.5, 0.6, 20)] },
      { regionShare: 0.002, dropped: [dropped("far", 0.1, 0.7, null), dropped("inside", 1, 0, null)] },
    ];
    const found = droppedPixelCurves(items);
    expect(found.map(({ placement, stratum }) => `${placement} ${stratum}`)).toEqual([
      "inside all",
      "inside < 1 %",
      "far all",
      "far < 1 %",
      "far 15–40 %",
    ]);
    const far = found[2]!;
    expect(far.share).toEqual([0.1, 0.5]);
    expect(far.dice[0]).toBeCloseTo((0.9 + 0.7) / 2, 12);
    expect(far).toMatchObject({ hd95: [10, 20], items: [2, 1] });
    expect(found[0]).toMatchObject({ dice: [0], hd95: [null], items: [1] });
  });
});

describe("contiguity of an arm", () => {
  const counts = { truePositives: 1, falsePositives: 0, falseNegatives: 0 };
  const found = (pieces: number, holes = 0, largestShare: number | null = 1) => ({
    pieces,
    truthPieces: 1,
    holes,
    largestShare,
    specks: 0,
    falsePieces: pieces - 1,
    splitPieces: 0,
  });

  it("is the mean over items, averaged over seeds, of what is defined in every run", () => {
    const facts = (contiguity: ReturnType<typeof found>) => [{ counts, contiguity }];
    const runs = [
      {
        seed: 0,
        items: new Map([
          ["a", facts(found(1))],
          ["b", facts(found(4, 2, 0.5))],
        ] as const),
      },
      {
        seed: 1,
        items: new Map([
          ["a", facts(found(2))],
          ["b", facts(found(0, 0, null))],
        ] as const),
      },
    ];
    expect(contiguityOfArm({ name: "A", runs })).toEqual({
      pieces: (1 + 4 + 2 + 0) / 4,
      truthPieces: 1,
      holes: 0.5,
      specks: 0,
      falsePieces: (0 + 3 + 1 - 1) / 4,
      largestShare: 1, // of "a" alone
      dice: 1,
      seeds: 2,
      items: 2,
    });
  });

  it("shows the most pieces and holes first, then the most scattered", () => {
    const [whole, holed, four, scattered] = [found(1), found(1, 1), found(4, 0, 0.9), found(4, 0, 0.3)];
    expect([whole, holed, four, scattered].sort(worseInPieces)).toEqual([scattered, four, holed, whole]);
  });
});
