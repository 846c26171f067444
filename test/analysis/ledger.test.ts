import { conventionKey, diceConventions, itemDice, pooledDice } from "@tessera/analysis/segmentation/conventions";
import { type LedgerArm, ledgerOf } from "@tessera/analysis/segmentation/ledger";
import { countsAt, type ThresholdedCounts } from "@tessera/analysis/segmentation/thresholds";
import type { ThresholdCounts } from "@tessera/domain/measures";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const counts = (
  tp: number,
  fp: number,
  fn: number,
  tn = 1000 - tp - fp - fn,
  thresholds: ThresholdCounts | null = null,
) => ({
  truePositives: tp,
  falsePositives: fp,
  falseNegatives: fn,
  trueNegatives: tn,
  thresholds,
});
const arm = (name: string, ...runs: (ThresholdedCounts | ThresholdedCounts[])[][]): LedgerArm => ({
  name,
  runs: runs.map((items, i) => ({
    seed: i + 1,
    items: new Map(items.map((item, j) => [`item-${j}`, Array.isArray(item) ? item : [item]])),
  })),
});

// "large" is good on the large region and poor on the small one; "small" the other way round.
const large = arm("large", [counts(400, 10, 10), counts(5, 5, 5), counts(0, 0, 0)]);
const small = arm("small", [counts(300, 100, 110), counts(9, 1, 1), counts(0, 40, 0)]);
const dice = (tp: number, fp: number, fn: number) => (2 * tp) / (2 * tp + fp + fn);

describe("ledgerOf", () => {
  const ledger = ledgerOf([large, small]);
  const row = (key: string) => ledger.rows.find((each) => each.key === key)!;
  const means = (key: string) => row(key).arms.map((each) => each.mean);

  it("has every convention once, the reference first", () => {
    expect(ledger.rows.map((each) => each.key)).toEqual([
      "perItem-out-undefined",
      "perItem-out-0",
      "perItem-out-1",
      "perItem-in-undefined",
      "perItem-in-0",
      "perItem-in-1",
      "pooled-out",
      "pooled-in",
    ]);
    expect(ledger.rows[0]!.name).toBe("per item, background out, both empty = undefined");
  });

  it("scores the empty item as the convention says", () => {
    const [a, b] = [dice(400, 10, 10), dice(5, 5, 5)];
    expect(row("perItem-out-undefined").arms[0]).toMatchObject({ mean: (a + b) / 2, items: 2, undefinedItems: 1 });
    expect(row("perItem-out-0").arms[0]).toMatchObject({ mean: (a + b + 0) / 3, items: 3, undefinedItems: 0 });
    expect(row("perItem-out-1").arms[0]!.mean).toBeCloseTo((a + b + 1) / 3, 12);
  });

  it("counts background as a class, with its true negatives as true positives", () => {
    const [first, second] = [(dice(400, 10, 10) + dice(580, 10, 10)) / 2, (dice(5, 5, 5) + dice(985, 5, 5)) / 2];
    expect(means("perItem-in-undefined")[0]).toBeCloseTo((first + second + 1) / 3, 12); // all background: 1
  });

  it("adds counts up before the one Dice of pooled ones", () => {
    expect(means("pooled-out")).toEqual([dice(405, 15, 15), dice(309, 141, 111)]);
    expect(row("pooled-out").order).toEqual(["large", "small"]);
  });

  it("names the pairs whose order turns round, and how far apart conventions are", () => {
    const pair = ledgerOf([
      arm("large", [counts(400, 10, 10), counts(5, 5, 5)]),
      arm("small", [counts(300, 60, 60), counts(9, 1, 1)]),
    ]);
    const reference = (dice(400, 10, 10) + dice(5, 5, 5) - dice(300, 60, 60) - dice(9, 1, 1)) / 2;
    expect(reference).toBeLessThan(0);
    expect(pair.rows[0]!.order).toEqual(["small", "large"]);
    const pooled = dice(405, 15, 15) - dice(309, 61, 61);
    expect(pair.swaps).toContainEqual({
      convention: "pooled, background out",
      key: "pooled-out",
      armX: "large",
      armY: "small",
      reference: expect.closeTo(reference, 12),
      difference: expect.closeTo(pooled, 12),
    });
    expect(pair.swaps.every((swap) => swap.reference * swap.difference < 0)).toBe(true);
    expect(pair.swaps.map((swap) => swap.key)).not.toContain("perItem-out-0"); // no empty item: the same numbers
    const values = pair.rows.map((each) => each.arms[0]!.mean!);
    expect(pair.spread[0]).toMatchObject({ arm: "large", low: Math.min(...values), high: Math.max(...values) });
  });

  it("takes a tie for no swap", () => {
    const [a, b] = [arm("a", [counts(8, 2, 2), counts(0, 0, 0)]), arm("b", [counts(8, 2, 2), counts(0, 9, 0)])];
    const { rows, swaps } = ledgerOf([a, b]);
    expect(rows.find((each) => each.key === "perItem-out-0")!.arms.map((each) => each.mean)).toEqual([0.4, 0.4]);
    expect(swaps).toEqual([]);
  });

  it("takes mean, SD and interval over seeds", () => {
    const seeds = ledgerOf([arm("a", [counts(8, 2, 2)], [counts(6, 4, 4)])]);
    for (const key of ["perItem-out-undefined", "pooled-out"]) {
      const score = seeds.rows.find((each) => each.key === key)!.arms[0]!;
      expect(score).toMatchObject({ mean: (0.8 + 0.6) / 2, seeds: 2, items: 1 });
      expect(score.sd).toBeCloseTo(0.2 / Math.SQRT2, 12);
      expect(score.low! + score.high!).toBeCloseTo(2 * 0.7, 12);
    }
  });

  it("has a score for no arm without runs, and no swap with it", () => {
    const { rows, swaps, spread } = ledgerOf([large, arm("none")]);
    expect(rows.every(({ arms, order }) => arms[1]!.mean === null && order.length === 1)).toBe(true);
    expect(swaps).toEqual([]);
    expect(spread[1]).toEqual({ arm: "none", low: null, high: null, lowConvention: null, highConvention: null });
  });
});

describe("several classes", () => {
  const item = [counts(10, 0, 0), counts(0, 0, 0), counts(0, 5, 5)];

  it("averages over the classes that are defined", () => {
    expect(itemDice(item, { background: false, bothEmpty: null })).toBe((1 + 0) / 2);
    expect(itemDice(item, { background: false, bothEmpty: 1 })).toBe((1 + 1 + 0) / 3);
  });

  it("pools per class", () => {
    const other = [counts(0, 10, 10), counts(0, 0, 0), counts(5, 0, 0)];
    expect(pooledDice([item, other], { background: false })).toBe((dice(10, 10, 10) + dice(5, 5, 5)) / 2);
  });
});

describe("thresholds", () => {
  const at = (truePositives: number[], falsePositives: number[]) => ({
    thresholds: [0.25, 0.5],
    truePositives,
    falsePositives,
  });
  const kept = counts(8, 2, 2, 88, at([10, 8], [20, 2]));

  it("derives all four counts from the item's totals", () => {
    expect(countsAt(kept, 0.25)).toEqual({
      truePositives: 10,
      falsePositives: 20,
      falseNegatives: 0,
      trueNegatives: 70,
    });
    expect(countsAt(kept, 0.5)).toMatchObject({ truePositives: 8, falseNegatives: 2, trueNegatives: 88 });
    expect(countsAt(counts(8, 2, 2), 0.5)).toBeNull();
    expect(() => countsAt(kept, 0.3)).toThrow("expected one of 0.25, 0.5, got 0.3");
  });

  it("leaves runs without counts out of a ledger at a threshold, and says how many they are", () => {
    const mixed = arm("a", [kept], [counts(5, 5, 5)]);
    const { rows, thresholds, thresholdsMissing } = ledgerOf([mixed, large], 0.25);
    expect(rows[0]!.arms).toMatchObject([
      { mean: dice(10, 20, 0), seeds: 1 },
      { mean: null, seeds: 0 },
    ]);
    expect(thresholdsMissing).toBe(2);
    expect(thresholds).toEqual([
      {
        arm: "a",
        thresholds: [0.25, 0.5],
        mean: [dice(10, 20, 0), dice(8, 2, 2)],
        low: [null, null],
        high: [null, null],
      },
    ]);
    expect(ledgerOf([mixed]).rows[0]!.arms[0]).toMatchObject({ seeds: 2 });
  });
});

it("keeps every convention's score within 0 and 1, whatever the counts", () => {
  const any = fc.tuple(fc.nat(50), fc.nat(50), fc.nat(50), fc.nat(50)).map(([a, b, c, d]) => counts(a, b, c, d));
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 5 }), (items) => {
      for (const { arms, key } of ledgerOf([arm("a", items)]).rows) {
        const mean = arms[0]!.mean ?? 0;
        expect(mean >= 0 && mean <= 1 + 1e-12, key).toBe(true);
      }
    }),
    { seed: 61 },
  );
  expect(new Set(diceConventions.map(conventionKey)).size).toBe(diceConventions.length);
});
