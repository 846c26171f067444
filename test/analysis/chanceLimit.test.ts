/** The rate below which a pooling is not told from chance: by hand, censored, and by simulation of models that know nothing. */
import { chanceCeiling, chanceLimit, seedLimit } from "@tessera/analysis/bags/chanceLimit";
import { rank } from "@tessera/analysis/classification/ranking";
import { auc } from "@tessera/analysis/classification/roc";
import { randomStream } from "@tessera/domain/random";
import { describe, expect, it } from "vitest";

const rates = [0.01, 0.1];

describe("the limit of one seed", () => {
  it.each([
    { aucs: [0.5, 0.9], expected: { kind: "at", rate: 10 ** -1.75 } }, // a quarter of the way from 1 % to 10 %, by ratio
    { aucs: [0.6, 0.9], expected: { kind: "at", rate: 0.01 } }, // at the ceiling is not above it
    { aucs: [0.7, 0.9], expected: { kind: "below", rate: 0.01 } },
    { aucs: [0.9, 0.6], expected: { kind: "above", rate: 0.1 } },
  ])("of $aucs is $expected", ({ aucs, expected }) => {
    const { kind, rate } = seedLimit(rates, aucs, 0.6);
    expect(kind).toBe(expected.kind);
    expect(rate).toBeCloseTo(expected.rate, 12);
  });

  it("is where the curve leaves chance for good", () => {
    const { kind, rate } = seedLimit([0.01, 0.02, 0.04, 0.08], [0.9, 0.5, 0.7, 0.9], 0.6);
    expect(kind).toBe("at");
    expect(rate).toBeCloseTo(0.02 * Math.SQRT2, 12);
  });
});

describe("the limit over seeds", () => {
  it("is a geometric mean with its t interval", () => {
    const limit = chanceLimit(rates, [[0.5, 0.7], [0.5, 0.9]], 0.6)!; // biome-ignore format: one line
    const logs = [Math.log(10 ** -1.5), Math.log(10 ** -1.75)];
    const [middle, half] = [(logs[0]! + logs[1]!) / 2, (12.7062 * Math.abs(logs[0]! - logs[1]!)) / 2]; // t of one degree
    expect(limit).toMatchObject({ seeds: 2, below: 0, above: 0 });
    expect(Math.log(limit.estimate)).toBeCloseTo(middle, 10);
    expect(Math.log(limit.low!)).toBeCloseTo(middle - half, 3);
    expect(Math.log(limit.high!)).toBeCloseTo(middle + half, 3);
  });

  it("has no end where a seed is censored, and none at all of one seed", () => {
    expect(chanceLimit(rates, [[0.7, 0.9], [0.5, 0.9]], 0.6)).toMatchObject({ below: 1, low: null, high: expect.any(Number) }); // biome-ignore format: one line
    expect(chanceLimit(rates, [[0.5, 0.5], [0.5, 0.9]], 0.6)).toMatchObject({ above: 1, low: expect.any(Number), high: null }); // biome-ignore format: one line
    expect(chanceLimit(rates, [[0.5, 0.9]], 0.6)).toMatchObject({ seeds: 1, low: null, high: null });
    expect(chanceLimit(rates, [], 0.6)).toBeNull();
  });
});

it.each([
  { positives: 100, negatives: 100 },
  { positives: 20, negatives: 20 },
  { positives: 10, negatives: 60 },
])("a model that knows nothing exceeds the ceiling in about 2.5 % of scorings: $positives and $negatives", (counts) => {
  const random = randomStream("chance", counts.positives, counts.negatives);
  const truth = Array.from({ length: counts.positives + counts.negatives }, (_, i) => Number(i < counts.positives));
  const ceiling = chanceCeiling(counts);
  const worlds = 4000;
  let above = 0;
  for (let world = 0; world < worlds; world++) {
    if (auc(rank(truth, truth.map(() => random.uniform())))! > ceiling) above++; // biome-ignore format: one line
  }
  expect(above / worlds).toBeGreaterThan(0.017);
  expect(above / worlds).toBeLessThan(0.033);
});
