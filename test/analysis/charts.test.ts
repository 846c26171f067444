import { downsample } from "@tessera/analysis/downsample";
import { histogram } from "@tessera/analysis/histogram";
import { seedBand } from "@tessera/analysis/seedBand";
import { shareHistogram } from "@tessera/analysis/shareHistogram";
import { sizeStrata } from "@tessera/analysis/strata";
import { tInterval } from "@tessera/analysis/studentT";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("downsample", () => {
  const line = (values: number[]) => ({ steps: values.map((_, i) => i), values });

  it("keeps a spike of one step among a million", () => {
    const values = new Float64Array(1_000_000);
    values[654_321] = 7;
    const steps = Float64Array.from(values, (_, i) => i);
    const small = downsample({ steps, values }, 500);
    expect(small.values.filter((value) => value === 7)).toHaveLength(1);
    expect(small.steps[small.values.indexOf(7)]).toBe(654_321);
    expect(small.steps.length).toBeLessThanOrEqual(4 * 500);
  });

  it("keeps first, lowest, highest and last of each column", () => {
    const small = downsample(line([5, 1, 9, 4, 3, 3, 3, 3]), 2, { from: 0, to: 8 });
    expect(small).toEqual({ steps: [0, 1, 2, 3, 4, 7], values: [5, 1, 9, 4, 3, 3] });
  });

  it("keeps a gap as one NaN, and infinities as values", () => {
    const { NaN: gap, POSITIVE_INFINITY: infinity } = Number;
    expect(downsample(line([1, gap, gap, 1, 2, infinity, 2, 2]), 1).values).toEqual([1, gap, infinity, 2]);
    expect(downsample(line([gap, gap, gap, gap, 1, 1]), 3).values).toEqual([gap, gap, 1, 1]);
  });

  it("draws the same column extremes as all the points, whatever they are", () => {
    const values = fc.array(fc.oneof(fc.double({ min: -5, max: 5, noNaN: true }), fc.constant(Number.NaN)), {
      minLength: 1,
      maxLength: 300,
    });
    const column = (step: number, last: number) => (last === 0 ? 0 : Math.min(9, Math.floor((step / last) * 10)));
    const extremes = ({ steps, values }: ReturnType<typeof downsample>, last: number) => {
      const found = new Map<number, { first: number; low: number; high: number; last: number }>();
      for (const [i, value] of values.entries()) {
        if (Number.isNaN(value)) continue;
        const at = found.get(column(steps[i]!, last)) ?? { first: value, low: value, high: value, last: value };
        found.set(column(steps[i]!, last), {
          first: at.first,
          low: Math.min(at.low, value),
          high: Math.max(at.high, value),
          last: value,
        });
      }
      return found;
    };
    fc.assert(
      fc.property(values, (list) => {
        const [all, last] = [line(list), list.length - 1];
        const small = downsample(all, 10);
        expect(extremes(small, last)).toEqual(extremes(all, last));
        expect(small.steps).toEqual([...small.steps].sort((a, b) => a - b));
        expect(downsample(all, 10)).toEqual(small);
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it("leaves out what is outside the range, and takes empty and one-point series", () => {
    expect(downsample(line([1, 2, 3, 4]), 10, { from: 1, to: 2 }).values).toEqual([2, 3]);
    expect(downsample(line([]), 10)).toEqual({ steps: [], values: [] });
    expect(downsample(line([3]), 10)).toEqual({ steps: [0], values: [3] });
    expect(() => downsample({ steps: [1], values: [] }, 10)).toThrow("1 steps, 0 values, 10 columns");
  });
});

describe("seedBand", () => {
  it("has mean, extremes and SD where curves are, and gaps where none is", () => {
    const band = seedBand([
      { steps: [1, 2, 4], values: [1, 2, Number.NaN] },
      { steps: [1, 2, 3, 4], values: [3, 4, 5, Number.NaN] },
    ]);
    expect(band).toEqual({
      steps: [1, 2, 3, 4],
      mean: [(1 + 3) / 2, (2 + 4) / 2, 5, null],
      low: [1, 2, 5, null],
      high: [3, 4, 5, null],
      sd: [Math.SQRT2, Math.SQRT2, null, null],
      seeds: [2, 2, 1, 0],
    });
  });
});

describe("histogram", () => {
  it("puts each score in one bin, the top edge in the last", () => {
    expect(histogram([0, 0.05, 0.5, 1, null], { bins: 2 })).toEqual({
      edges: [0, 0.5, 1],
      counts: [2, 2],
      n: 4,
      undefinedItems: 1,
    });
    expect(() => histogram([1.2])).toThrow("from 0 to 1, got 1.2");
  });

  it("agrees with its own edges for every score", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 50 }), (score, bins) => {
        const { edges, counts } = histogram([score], { bins });
        const bin = counts.indexOf(1);
        expect(score).toBeGreaterThanOrEqual(edges[bin]!);
        if (bin < bins - 1) expect(score).toBeLessThan(edges[bin + 1]!);
      }),
      { seed: 6, numRuns: 500 },
    );
  });

  it("spreads region sizes over decades", () => {
    const { edges, counts, items, empty } = shareHistogram([0, 0.00001, 0.001, 0.2, 1]);
    expect([items, empty, counts[0], counts.at(-1)]).toEqual([5, 1, 1, 1]);
    expect(edges).toHaveLength(counts.length + 1);
    expect(counts.reduce((a, b) => a + b)).toBe(4);
    expect(counts[edges.findIndex((edge) => Math.abs(edge - 0.001) < 1e-9)]).toBe(1);
  });
});

describe("sizeStrata", () => {
  it("cuts at 1, 5, 15 and 40 %, and gives no interval below ten items", () => {
    const many = Array.from({ length: 10 }, (_, i) => ({ regionShare: 0.02, score: 0.5 + i / 100 }));
    const few = [0.0099, 0.01, 0.05, 0.15, 0.4, 0.9].map((regionShare) => ({ regionShare, score: 0.5 }));
    const { strata, withoutRegion } = sizeStrata([
      ...many,
      ...few,
      { regionShare: 0, score: null },
      { regionShare: 0.3, score: null },
    ]);
    expect(strata.map((stratum) => stratum.n)).toEqual([1, 11, 1, 1, 2]);
    expect(withoutRegion).toBe(1);
    expect(strata[1]).toMatchObject(tInterval([...many.map((item) => item.score), 0.5]));
    expect(strata[4]).toMatchObject({ mean: 0.5, low: null, high: null });
  });

  it("gives empty strata no mean", () => {
    expect(sizeStrata([]).strata.map(({ n, mean }) => [n, mean])).toEqual(Array(5).fill([0, null]));
  });
});
