import { type CrossValidated, crossValidationSplits } from "@tessera/domain/crossValidation";
import { folds as foldNames } from "@tessera/domain/words";
import { describe, expect, it } from "vitest";

const items: CrossValidated[] = Array.from({ length: 60 }, (_, i) => ({
  id: `item ${i}`,
  subject: `subject ${Math.floor(i / 2)}`, // two items each
  stratum: Math.floor(i / 2) % 3 === 0 ? "sick" : "well",
}));
const splits = crossValidationSplits(items, { folds: 5, repeats: 3, seed: 1 });

describe("repeated cross-validation", () => {
  it("tests every item once in each repeat, and validates it once", () => {
    expect(splits).toHaveLength(15);
    for (const repeat of [1, 2, 3]) {
      const ofRepeat = splits.filter((each) => each.repeat === repeat);
      for (const role of ["test", "validation"]) {
        const seen = ofRepeat.flatMap((split) => split.items.filter(({ fold }) => fold === role).map(({ id }) => id));
        expect(seen.toSorted()).toEqual(items.map(({ id }) => id).toSorted());
      }
    }
  });

  it("trains on all but the tested part where nothing is chosen, and tests the same", () => {
    const unvalidated = crossValidationSplits(items, { folds: 5, repeats: 3, seed: 1 }, false);
    const role = (of: typeof splits, fold: string) =>
      of.map((split) => split.items.filter((each) => each.fold === fold));
    expect(role(unvalidated, "test")).toEqual(role(splits, "test"));
    expect(role(unvalidated, "validation").flat()).toEqual([]);
    expect(role(unvalidated, "train").map(({ length }) => length)).toEqual(Array(15).fill(48));
  });

  it("keeps a subject's items in one part, and classes in the same shares", () => {
    for (const split of splits) {
      const bySubject = Map.groupBy(split.items, ({ id }) => items.find((each) => each.id === id)!.subject);
      for (const [, ofSubject] of bySubject) expect(new Set(ofSubject.map(({ fold }) => fold)).size).toBe(1);
      for (const fold of foldNames) {
        const part = split.items.filter((each) => each.fold === fold);
        const sick = part.filter(({ id }) => items.find((each) => each.id === id)!.stratum === "sick").length;
        expect(sick / part.length).toBeCloseTo(1 / 3, 5);
      }
    }
  });

  it("is another partition in each repeat and for each seed, whatever the order of the items", () => {
    const tested = (of: typeof splits, repeat: number) =>
      of
        .filter((each) => each.repeat === repeat)
        .map((split) =>
          split.items
            .filter(({ fold }) => fold === "test")
            .map(({ id }) => id)
            .toSorted(),
        );
    expect(tested(splits, 1)).not.toEqual(tested(splits, 2));
    const reversed = crossValidationSplits(items.toReversed(), { folds: 5, repeats: 3, seed: 1 });
    expect(tested(reversed, 2)).toEqual(tested(splits, 2));
    expect(tested(crossValidationSplits(items, { folds: 5, repeats: 3, seed: 2 }), 1)).not.toEqual(tested(splits, 1));
    expect(new Set(splits.map(({ seed }) => seed)).size).toBe(15);
  });

  it.each([
    [{ folds: 2, repeats: 1, seed: 0 }, "folds: expected a whole number from 3 to 20, got 2"],
    [{ folds: 5, repeats: 0, seed: 0 }, "repeats: expected a whole number from 1 to 20, got 0"],
  ])("refuses %o", (choice, message) => {
    expect(() => crossValidationSplits(items, choice)).toThrow(message);
    expect(() => crossValidationSplits(items.slice(0, 4), { folds: 3, repeats: 1, seed: 0 })).toThrow(
      "3 folds of 2 subjects",
    );
  });
});
