import { createHash } from "node:crypto";
import { oneClass } from "@tessera/domain/classValues";
import { type SubsetItem, subsetSize, trainingSubset } from "@tessera/domain/trainingSubset";
import { describe, expect, it } from "vitest";

const sha256 = (name: string) => createHash("sha256").update(name).digest("hex");

/** 200 items of three classes: 150, 47 and 3. */
const items: SubsetItem[] = Array.from({ length: 200 }, (_, i) => ({
  sha256: sha256(`item ${i}`),
  classValues: oneClass(i < 150 ? 0 : i < 197 ? 1 : 2, 3),
}));
const subset = (fraction: number, seed = 1, of: readonly SubsetItem[] = items, exclusive = true) =>
  trainingSubset(of, { fraction, seed, exclusive });
const ofClass = (chosen: readonly SubsetItem[], index: number) =>
  chosen.filter(({ classValues }) => classValues![index] === 1).length;

const fractions = [0.01, 0.05, 0.1, 0.25, 0.5, 0.9, 1];

describe("the part of a training fold", () => {
  it("has ⌈f · n⌉ items, and a product's last bits add none", () => {
    for (const fraction of fractions) expect(subset(fraction)).toHaveLength(Math.ceil(fraction * 200));
    expect(0.07 * 100).toBeGreaterThan(7);
    expect(subsetSize(100, 0.07)).toBe(7);
    expect(subsetSize(100, 0.001)).toBe(1);
  });

  it.each([true, false])("is nested in f (exclusive classes: %s)", (exclusive) => {
    let smaller: SubsetItem[] = [];
    for (const fraction of fractions) {
      const chosen = subset(fraction, 3, items, exclusive);
      expect(smaller.filter((item) => !chosen.includes(item))).toEqual([]);
      smaller = chosen;
    }
    expect(smaller).toEqual(items);
  });

  it("is the same whatever order the items come in, and another for another seed", () => {
    const names = (chosen: readonly SubsetItem[]) => chosen.map((item) => item.sha256).sort();
    expect(names(subset(0.25, 1, [...items].reverse()))).toEqual(names(subset(0.25)));
    expect(names(subset(0.25, 2))).not.toEqual(names(subset(0.25, 1)));
    expect(names(subset(0.25, 2, items, false))).not.toEqual(names(subset(0.25, 1, items, false)));
  });

  it("keeps exclusive classes in proportion, to within one item, and loses none", () => {
    for (const fraction of fractions.slice(1)) {
      const chosen = subset(fraction);
      for (const [index, n] of [150, 47, 3].entries()) {
        expect(Math.abs(ofClass(chosen, index) - fraction * n)).toBeLessThan(1.5);
        expect(ofClass(chosen, index)).toBeGreaterThan(0);
      }
    }
    // Two items cannot have three classes; by chance alone a class of 3 in 200 would often be missing at 5 %.
    expect(subset(0.01)).toHaveLength(2);
    const byChance = Array.from({ length: 20 }, (_, seed) => ofClass(subset(0.05, seed, items, false), 2));
    expect(byChance.filter((n) => n === 0).length).toBeGreaterThan(5);
  });

  it("takes masks, and several classes at once, as they come", () => {
    const masks = items.map((item) => ({ sha256: item.sha256 }));
    expect(subset(0.1, 1, masks, false)).toHaveLength(20);
    expect(subset(0.1, 1, masks, true)).toEqual(subset(0.1, 1, masks, false));
  });
});
