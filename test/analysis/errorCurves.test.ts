import { droppedPixels } from "@tessera/analysis/segmentation/droppedPixels";
import { errorCurves } from "@tessera/analysis/segmentation/errorCurves";
import { measurePrediction, profileTruth } from "@tessera/analysis/segmentation/measure";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyMask, anyPair, byPixel, drawn } from "./masks.ts";

const diceOf = (a: Uint8Array, b: Uint8Array) => {
  const both = a.filter((value, i) => value === 1 && b[i] === 1).length;
  return (2 * both) / (a.filter(Boolean).length + b.filter(Boolean).length);
};
const moved = (mask: Uint8Array, width: number, height: number, dx: number, dy: number) =>
  byPixel(width, height, (x, y) => {
    const [fromX, fromY] = [x - dx, y - dy];
    return fromX >= 0 && fromX < width && fromY >= 0 && fromY < height && mask[fromY * width + fromX] === 1;
  });

describe("errorCurves", () => {
  it("is what erosion, dilation and moves give", () => {
    fc.assert(
      fc.property(anyMask, ({ mask, width, height }) => {
        const curves = errorCurves(mask, width, height);
        if (!mask.includes(1)) {
          expect(curves).toBeNull();
          return;
        }
        const near = (value: 0 | 1, e: number) =>
          byPixel(width, height, (x, y) =>
            mask.some((each, i) => each === value && Math.hypot((i % width) - x, Math.floor(i / width) - y) <= e),
          );
        let lowest = 1;
        curves!.errors.forEach((e, i) => {
          const background = near(0, e);
          const eroded = mask.map((value, j) => (background[j] === 1 ? 0 : value));
          expect(curves!.eroded[i]).toBeCloseTo(diceOf(mask, eroded), 6);
          expect(curves!.dilated[i]).toBeCloseTo(diceOf(mask, near(1, e)), 6);
          const ways = [
            [e, 0],
            [-e, 0],
            [0, e],
            [0, -e],
          ] as const;
          const dices = ways.map(([dx, dy]) => diceOf(mask, moved(mask, width, height, dx, dy)));
          lowest = Math.min(lowest, dices.reduce((sum, dice) => sum + dice, 0) / 4);
          expect(curves!.shifted[i]).toBeCloseTo(lowest, 6);
        });
      }),
      { seed: 31, numRuns: 150 },
    );
  });

  it("begins at 1 and never rises; at its end nothing falls any further", () => {
    fc.assert(
      fc.property(anyMask, ({ mask, width, height }) => {
        const curves = errorCurves(mask, width, height);
        for (const curve of curves ? [curves.eroded, curves.dilated, curves.shifted] : []) {
          expect(curve[0]).toBe(1);
          expect(curve.every((dice, i) => i === 0 || dice <= curve[i - 1]!)).toBe(true);
        }
        if (curves) expect(curves.errors.at(-1)).toBeLessThanOrEqual(Math.max(width, height));
        if (curves && mask.includes(0)) expect(curves.eroded.at(-1)).toBe(0);
      }),
      { seed: 32, numRuns: 300 },
    );
  });

  it("knows no outline at the image's border", () => {
    const full = errorCurves(new Uint8Array(9).fill(1), 3, 3)!;
    expect(full.eroded).toEqual(full.errors.map(() => 1));
    expect(full.dilated).toEqual(full.errors.map(() => 1));
    expect(full.shifted).toEqual([0, 1, 2, 3].map((e) => (e === 3 ? 0 : expect.closeTo((2 * (3 - e)) / (6 - e), 6))));
  });

  it("keeps few numbers of a large image, whole pixels up to 32 among them", () => {
    const { errors } = errorCurves(
      byPixel(512, 512, (x, y) => Math.hypot(x - 200, y - 250) < 90),
      512,
      512,
    )!;
    expect(errors.slice(0, 33)).toEqual(Array.from({ length: 33 }, (_, i) => i));
    expect(errors.length).toBeLessThan(100);
    expect(errors.every((e, i) => i === 0 || e > errors[i - 1]!)).toBe(true);
  });
});

describe("droppedPixels", () => {
  const [width, height] = [64, 64];
  const truth = byPixel(width, height, (x, y) => x >= 10 && x < 30 && y >= 10 && y < 30);
  const dropped = droppedPixels(truth, width, height, "a seed");
  const of = (placement: string) => dropped.filter((each) => each.placement === placement);

  it("draws the same pixels of the same seed, others of another", () => {
    expect(droppedPixels(truth, width, height, "a seed")).toEqual(dropped);
    expect(droppedPixels(truth, width, height, "another")).not.toEqual(dropped);
  });

  it("costs in Dice what the counts say, wherever they are", () => {
    for (const { placement, share, pixels, dice } of dropped) {
      expect(pixels).toBe(Math.round(share * 400));
      expect(dice).toBeCloseTo(
        placement === "inside" ? (2 * (400 - pixels)) / (800 - pixels) : 800 / (800 + pixels),
        12,
      );
    }
    expect(of("near").map((each) => each.dice)).toEqual(of("far").map((each) => each.dice));
  });

  it("costs in distance what the place says", () => {
    expect(of("near").every((each) => each.hd95! <= 2)).toBe(true);
    const corner = Math.hypot(64 - 30, 64 - 30);
    expect(of("far").at(-1)!.hd95).toBeGreaterThan(corner - 12);
    expect(of("far").at(-1)!.hd95).toBeLessThanOrEqual(corner);
    const truthOutline = 4 * 19;
    const { pixels, assd } = of("far")[0]!; // the farthest pixels of all, each an outline of its own
    expect((assd! * (2 * truthOutline + pixels)) / pixels).toBeGreaterThan(corner - 3);
    expect(of("inside").every((each) => each.nsd! <= 1 && each.hd95! < 10)).toBe(true);
  });

  it("leaves out what there is no room for", () => {
    expect(droppedPixels(new Uint8Array(16).fill(1), 4, 4, 1).every((each) => each.placement === "inside")).toBe(true);
    expect(droppedPixels(new Uint8Array(16), 4, 4, 1)).toEqual([]);
    expect(droppedPixels(drawn("#...", "....").mask, 4, 2, 1)).toEqual([]); // 40 % of a pixel is none
  });
});

describe("measurePrediction", () => {
  it("counts what pieces and holes have of the truth", () => {
    const truth = drawn("####...", "####...", "####...", "......#").mask;
    const prediction = drawn("###..#.", "#.#....", "###....", "......#").mask;
    const measures = measurePrediction(truth, prediction, 7, 4, { x: 2, y: 2 });
    expect(measures).toMatchObject({ topology: { pieces: [8, 1, 1], holes: [1] }, holeTruth: [1] });
    expect(measures.overlaps).toEqual([
      [0, 0, 8],
      [1, 2, 1],
    ]);
    expect(measures.distancesMm!.hd).toBeCloseTo(2 * measures.distances.hd!, 12);
  });

  it("shares out every true positive", () => {
    fc.assert(
      fc.property(anyPair, ({ truth, prediction, width, height }) => {
        const { overlaps } = measurePrediction(truth, prediction, width, height, null);
        const both = truth.filter((value, i) => value === 1 && prediction[i] === 1).length;
        expect(overlaps.reduce((sum, [, , pixels]) => sum + pixels, 0)).toBe(both);
      }),
      { seed: 33 },
    );
  });

  it("refuses masks of two sizes", () => {
    expect(() => measurePrediction(new Uint8Array(4), new Uint8Array(9), 2, 2, null)).toThrow(
      "2 x 2 = 4 pixels, got 9",
    );
  });
});

it("profiles a truth with its readers, and an empty one", () => {
  const [a, b] = [drawn("##..").mask, drawn(".##.").mask];
  const readers = [
    { reader: "A", mask: a },
    { reader: "B", mask: b },
    { reader: "C", mask: a },
  ];
  expect(profileTruth(a, 4, 1, { seed: 1, readers })).toMatchObject({
    pixels: 2,
    readers: [
      { a: "A", b: "B", dice: 2 / 4 },
      { a: "A", b: "C", dice: 1 },
      { a: "B", b: "C", dice: 2 / 4 },
    ],
  });
  const empty = drawn("....").mask;
  expect(
    profileTruth(empty, 4, 1, {
      seed: 1,
      readers: [
        { reader: "A", mask: empty },
        { reader: "B", mask: empty },
      ],
    }),
  ).toEqual({
    pixels: 0,
    topology: { pieces: [], inHole: [], holes: [], ofPiece: [] },
    errorCurves: null,
    dropped: [],
    readers: [{ a: "A", b: "B", dice: null }],
  });
});
