import { defaultShares, officialSplit, subjectSplit, subjectsInTwoFolds } from "@tessera/domain/split";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const items = (names: string[]) => names.map((name) => ({ id: `id-${name}`, name }));
const names = (prefix: string, n: number) => Array.from({ length: n }, (_, i) => `${prefix}${i}`);
const count = (split: { items: readonly { fold: string }[] }, fold: string) =>
  split.items.filter((item) => item.fold === fold).length;

describe("officialSplit", () => {
  it("takes 88 of 880 training items for validation, and leaves the test list alone", () => {
    const [train, test] = [names("a", 880), names("t", 120)];
    const split = officialSplit({ train, test, items: items([...train, ...test]) });
    expect([count(split, "train"), count(split, "validation"), count(split, "test")]).toEqual([792, 88, 120]);
    expect(split.items.filter((item) => item.fold === "test").map((item) => item.name)).toEqual(test);
  });

  it("chooses by the name's hash alone, not by the order of the lists", () => {
    const [train, test] = [names("a", 50), names("t", 9)];
    const all = items([...train, ...test]);
    const folds = (list: string[]) =>
      Object.fromEntries(officialSplit({ train: list, test, items: all }).items.map(({ name, fold }) => [name, fold]));
    expect(folds(train.toReversed())).toEqual(folds(train));
  });

  it("names what is missing and what is in no list", () => {
    const train = names("a", 20);
    const split = officialSplit({ train, test: ["t", "gone"], items: items([...train, "t", "new"]) });
    expect(split).toMatchObject({ missing: ["gone"], unlisted: ["new"] });
    expect(split.items.map((item) => item.name)).not.toContain("new");
  });

  it("uses a published validation list where there is one", () => {
    const split = officialSplit({ train: ["a"], validation: ["b"], test: ["c"], items: items(["a", "b", "c"]) });
    expect(split.items.map((item) => item.fold)).toEqual(["train", "validation", "test"]);
  });

  it("refuses a name in two lists, and an empty fold", () => {
    const train = names("a", 20);
    expect(() => officialSplit({ train, test: ["a3"], items: items(train) })).toThrow(
      "a3 is listed for train and for test",
    );
    expect(() => officialSplit({ train: ["a"], test: ["t"], items: items(["a", "t"]) })).toThrow(
      "no item for validation",
    );
  });
});

describe("subjectSplit", () => {
  const dataset = fc
    .array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 60 })
    .map((sizes) => sizes.flatMap((n, s) => names(`s${s}-`, n).map((name) => ({ id: name, name, subject: `s${s}` }))));

  it("puts no subject in two folds, fills every fold, and does not depend on the order of items", () => {
    fc.assert(
      fc.property(dataset, fc.nat(), (all, seed) => {
        const split = subjectSplit(all, defaultShares, seed);
        const subject = new Map(all.map((item) => [item.id, item.subject]));
        expect(subjectsInTwoFolds(split.items.map(({ id, fold }) => ({ fold, subject: subject.get(id)! })))).toEqual(
          [],
        );
        expect(new Set(split.items.map((item) => item.fold)).size).toBe(3);
        expect(split.items).toHaveLength(all.length);
        const again = new Map(subjectSplit(all.toReversed(), defaultShares, seed).items.map((i) => [i.id, i.fold]));
        expect(split.items.every((item) => again.get(item.id) === item.fold)).toBe(true);
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it("meets the shares closely when subjects are small", () => {
    const all = names("x", 400).map((name, i) => ({ id: name, name, subject: `s${i >> 1}` }));
    const split = subjectSplit(all, defaultShares, 7);
    expect([count(split, "train"), count(split, "validation"), count(split, "test")]).toEqual([280, 40, 80]);
  });

  it("gives another split for another seed", () => {
    const all = names("x", 60).map((name) => ({ id: name, name, subject: name }));
    expect(subjectSplit(all, defaultShares, 1).items).not.toEqual(subjectSplit(all, defaultShares, 2).items);
  });

  it("refuses two subjects, and shares that are not a whole", () => {
    const two = names("x", 10).map((name, i) => ({ id: name, name, subject: `s${i % 2}` }));
    expect(() => subjectSplit(two)).toThrow("at least 3 subjects (one per fold), got 2 among 10 items");
    expect(() => subjectSplit(two, { train: 0.9, validation: 0.1, test: 0.2 })).toThrow("sum 1");
  });
});

it("finds the subject that is in two folds", () => {
  const found = subjectsInTwoFolds([
    { subject: "p1", fold: "train" },
    { subject: "p2", fold: "test" },
    { subject: "p1", fold: "test" },
  ]);
  expect(found).toEqual([{ subject: "p1", folds: ["train", "test"] }]);
});
