import { createHash } from "node:crypto";
import { type ClassValues, oneClass } from "@tessera/domain/classValues";
import { type SubsetItem, subsetSize, trainingSubset } from "@tessera/domain/trainingSubset";
import { describe, expect, it } from "vitest";

const sha256 = (name: string) => createHash("sha256").update(name).digest("hex");

/** 200 items of three classes: 150, 47 and 3; each its own subject. */
const items: SubsetItem[] = Array.from({ length: 200 }, (_, i) => ({
  sha256: sha256(`item ${i}`),
  subject: `subject ${i}`,
  classValues: oneClass(i < 150 ? 0 : i < 197 ? 1 : 2, 3),
}));
const subset = (fraction: number, seed = 1, of: readonly SubsetItem[] = items, exclusive = true) =>
  trainingSubset(of, { fraction, seed, exclusive });
const ofClass = (chosen: readonly SubsetItem[], index: number) =>
  chosen.filter(({ classValues }) => classValues![index] === 1).length;
const without = (of: readonly SubsetItem[]) => of.map(({ classValues: _, ...item }) => item);

const fractions = [0.01, 0.05, 0.1, 0.25, 0.5, 0.9, 1];

describe("the part of a training fold whose items are their own subjects", () => {
  it("is what it was when parts were drawn by item, bit for bit", () => {
    // Of the chosen files of 8 fractions x 10 seeds, from the code of before.
    const before = new Map([
      [true, "f3c136f747914a95362869d1e7fe5dce995bb507b888415b25449fd6695ffc84"],
      [false, "e1dd1bff2f4d14315ba616844c6327d13e018203a331507c5812dbe6b1eb8409"],
    ]);
    for (const [exclusive, expected] of before) {
      const digest = createHash("sha256");
      for (const fraction of [0.001, ...fractions]) {
        for (let seed = 0; seed < 10; seed++) {
          digest.update(JSON.stringify(subset(fraction, seed, items, exclusive).map((item) => item.sha256)));
        }
      }
      expect(digest.digest("hex")).toBe(expected);
    }
  });

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
    const masks = without(items);
    expect(subset(0.1, 1, masks, false)).toHaveLength(20);
    expect(subset(0.1, 1, masks, true)).toEqual(subset(0.1, 1, masks, false));
  });
});

describe("the part of a training fold whose subjects have several items", () => {
  /** 60 subjects of 2 to 10 items; every tenth has one item of the class that nobody else has. */
  const sizes = Array.from({ length: 60 }, (_, i) => 2 + ((i * 7) % 9));
  const several = sizes.flatMap((size, i) =>
    Array.from({ length: size }, (_, k): SubsetItem & { classValues: ClassValues } => ({
      sha256: sha256(`item ${i} ${k}`),
      subject: `subject ${i}`,
      classValues: oneClass(i % 10 === 0 && k === 0 ? 2 : i % 2, 3),
    })),
  );
  const subjectsOf = (of: readonly SubsetItem[]) => new Set(of.map(({ subject }) => subject));

  it.each([true, false])("is all items of ⌈f · n⌉ subjects, nested in f (exclusive classes: %s)", (exclusive) => {
    let smaller = new Set<string>();
    for (const fraction of [0.001, ...fractions]) {
      const chosen = subset(fraction, 5, several, exclusive);
      const subjects = subjectsOf(chosen);
      expect(subjects.size).toBe(Math.max(1, Math.ceil(fraction * 60 - 1e-9)));
      expect(chosen).toEqual(several.filter(({ subject }) => subjects.has(subject)));
      expect([...smaller].filter((subject) => !subjects.has(subject))).toEqual([]);
      smaller = subjects;
    }
  });

  it("does not prefer subjects with many items, nor with few", () => {
    const mean = several.length / 60;
    const parts = Array.from({ length: 200 }, (_, seed) => subset(0.1, seed, without(several), false).length / 6);
    const luck = 2.6 / Math.sqrt(6 * 200); // SD of the sizes over the root of the subjects drawn
    expect(Math.abs(parts.reduce((sum, each) => sum + each, 0) / 200 - mean)).toBeLessThan(4 * luck);
  });

  it("counts a subject of several classes for the rarest, so that this is not lost", () => {
    for (let seed = 0; seed < 20; seed++) expect(ofClass(subset(0.05, seed, several), 2)).toBeGreaterThan(0);
    // By the most frequent class of each subject it would be left to chance: six subjects of sixty.
    const byChance = Array.from({ length: 20 }, (_, seed) => ofClass(subset(0.05, seed, several, false), 2));
    expect(byChance.filter((n) => n === 0).length).toBeGreaterThan(5);
  });

  it("is the same whatever order items and subjects come in", () => {
    const names = (chosen: readonly SubsetItem[]) => chosen.map((item) => item.sha256).sort();
    expect(names(subset(0.25, 1, [...several].reverse()))).toEqual(names(subset(0.25, 1, several)));
    const renamed = several.map((item) => ({ ...item, subject: `other ${item.subject}` }));
    expect(names(subset(0.25, 1, renamed))).toEqual(names(subset(0.25, 1, several)));
  });
});
