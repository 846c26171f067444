import { shareHistogram } from "@tessera/analysis/shareHistogram";
import { describe, expect, it } from "vitest";

describe("shareHistogram", () => {
  it("has bins of equal ratio up to the whole image", () => {
    const { edges, counts } = shareHistogram([]);
    expect(edges).toHaveLength(counts.length + 1);
    expect(edges[0]).toBeCloseTo(1e-4, 12);
    expect(edges.at(-1)).toBe(1);
    for (let i = 1; i < edges.length; i++) expect(edges[i]! / edges[i - 1]!).toBeCloseTo(10 ** (1 / 5), 9);
  });

  it("puts each share between its edges, the last bin holding both; empty items are counted apart", () => {
    const { edges, counts, items, empty } = shareHistogram([0, 1e-9, 1e-4, 0.011, 0.012, 0.999, 1]);
    expect([items, empty]).toEqual([7, 1]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(6);
    expect(counts[0]).toBe(2);
    expect(counts.at(-1)).toBe(2);
    const bin = edges.findIndex((edge) => edge > 0.011) - 1;
    expect(counts[bin]).toBe(2);
  });
});
