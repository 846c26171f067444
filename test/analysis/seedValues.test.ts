import { compareArms } from "@tessera/analysis/comparison";
import { compareSeedValues, type ValuedArm } from "@tessera/analysis/seedValues";
import { describe, expect, it } from "vitest";

const arm = (name: string, values: (number | null)[], n = 40): ValuedArm => ({
  name,
  runs: values.map((value, i) => ({ seed: i + 1, value, n })),
});
const [low, high] = [
  [0.8, 0.82, 0.81, 0.8, 0.83],
  [0.85, 0.86, 0.87, 0.84, 0.89],
];

describe("compareSeedValues", () => {
  it("says of values what compareArms says of the same means", () => {
    const items = (name: string, values: number[]) => ({
      name,
      runs: values.map((value, i) => ({ seed: i + 1, scores: new Map([["only", value]]) })),
    });
    const options = { delta: 0.1, higherIsBetter: false, runs: { planned: 12, pending: 0, failed: 2 } };
    const { bootstrap, itemsLeftOut, ...expected } = compareArms(items("a", low), items("b", high), options);
    expect(compareSeedValues(arm("a", low, 1), arm("b", high, 1), options)).toEqual(expected);
    expect(expected).toMatchObject({ verdict: "worse", equivalence: { equivalent: true } });
  });

  it("names the items that the values are of", () => {
    const { a, difference, reason } = compareSeedValues(arm("a", low), arm("b", high));
    expect([a.n, difference.n]).toEqual([40, 40]);
    expect(reason).toContain("n = 40 items, 5 paired seeds");
  });

  it("leaves out a seed whose value is undefined in one arm, and then has too few for a verdict", () => {
    const compared = compareSeedValues(arm("a", low), arm("b", [...high.slice(0, 4), null]));
    expect(compared).toMatchObject({ verdict: null, unpairedSeeds: { a: [5], b: [] }, difference: { seeds: 4 } });
    expect(compared.reason).toContain("1 seed is left out: only one arm has a score.");
  });

  it("refuses what cannot be compared", () => {
    expect(() => compareSeedValues(arm("a", [null]), arm("b", [1]))).toThrow("a and b have no seed in common");
    expect(() => compareSeedValues(arm("a", low), arm("b", high, 41))).toThrow("got values of 40 and 41 items");
    expect(() => compareSeedValues(arm("a", [Number.NaN]), arm("b", [1]))).toThrow(
      "a, seed 1: expected a finite value",
    );
    const doubled = { name: "a", runs: [...arm("a", [0.5]).runs, ...arm("a", [0.6]).runs] };
    expect(() => compareSeedValues(doubled, arm("b", [1]))).toThrow("one run per seed, got seeds 1, 1");
  });
});
