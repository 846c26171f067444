import { type ScoredArm, summarizeArm } from "@tessera/analysis/arm";
import { compareArms } from "@tessera/analysis/comparison";
import { tInterval } from "@tessera/analysis/studentT";
import { randomStream } from "@tessera/domain/random";
import { describe, expect, it } from "vitest";

/** One row of scores per seed; seeds count from 1 unless given. */
const arm = (name: string, rows: (number | null)[][], seeds = rows.map((_, i) => i + 1)): ScoredArm => ({
  name,
  runs: rows.map((row, i) => ({ seed: seeds[i]!, scores: new Map(row.map((score, item) => [`item-${item}`, score])) })),
});
const five = (name: string, means: number[]) =>
  arm(
    name,
    means.map((value) => [value - 0.1, value + 0.1]),
  );

describe("summarizeArm", () => {
  it("averages over items, then seeds; the SD is over seeds", () => {
    const summary = summarizeArm(
      arm("a", [
        [0.2, 0.4],
        [0.4, 0.8],
      ]),
    );
    const means = [(0.2 + 0.4) / 2, (0.4 + 0.8) / 2] as const;
    expect(summary).toMatchObject({ n: 2, seeds: 2, mean: (means[0] + means[1]) / 2 });
    expect(summary.sd).toBeCloseTo(Math.abs(means[0] - means[1]) / Math.SQRT2, 12);
  });

  it("gives one seed a mean and nothing more", () => {
    expect(summarizeArm(arm("a", [[0.2, 0.4]]))).toMatchObject({ seeds: 1, sd: null, low: null, high: null });
  });

  it("scores every run on the same items", () => {
    expect(
      summarizeArm(
        arm("a", [
          [0.2, null, 0.4],
          [0.4, 0.9, 0.8],
        ]),
      ).n,
    ).toBe(2);
  });

  it("refuses doubled seeds, nothing in common, and NaN", () => {
    expect(() => summarizeArm(arm("a", [[1], [1]], [3, 3]))).toThrow("one run per seed, got seeds 3, 3");
    expect(() =>
      summarizeArm(
        arm("a", [
          [null, 1],
          [1, null],
        ]),
      ),
    ).toThrow("no item in common");
    expect(() => summarizeArm(arm("a", [[Number.NaN]]))).toThrow("Item item-0, seed 1: expected a finite score");
  });
});

describe("compareArms", () => {
  it("takes the t interval of paired seed means", () => {
    const [a, b] = [
      [0.6, 0.62, 0.58, 0.61, 0.6],
      [0.63, 0.66, 0.6, 0.65, 0.63],
    ];
    const result = compareArms(five("random", a), five("pretrained", b));
    const differences = b.map((value, i) => value - a[i]!);
    const expected = tInterval(differences);
    expect(result.difference).toMatchObject({ n: 2, seeds: 5, confidence: 0.95 });
    expect(result.difference.low).toBeCloseTo(expected.low!, 12);
    expect(result.difference.high).toBeCloseTo(expected.high!, 12);
    expect(result.verdict).toBe("better");
    expect(result.reason).toMatch(/^pretrained is better than random: pretrained - random = 0\.0320 \(95 % interval/);
  });

  it("is worse when the arms are swapped, with the interval mirrored", () => {
    const [a, b] = [five("a", [0.6, 0.62, 0.58, 0.61, 0.6]), five("b", [0.63, 0.66, 0.6, 0.65, 0.63])];
    const [forth, back] = [compareArms(a, b), compareArms(b, a)];
    expect(back.verdict).toBe("worse");
    expect(back.difference.low).toBeCloseTo(-forth.difference.high!, 12);
    expect(back.reason).toMatch(/^b is better than a: a - b = -0\.0320/);
  });

  it("gives no verdict below five paired seeds, however clear", () => {
    const result = compareArms(five("a", [0.1, 0.1, 0.1, 0.1]), five("b", [0.9, 0.9, 0.91, 0.9]), { delta: 1 });
    expect(result).toMatchObject({ verdict: null, equivalence: null });
    expect(result.reason).toContain("at least 5 paired seeds, here are 4");
    expect(result.difference.low).not.toBeNull();
  });

  it("gives no verdict before the last run has ended, so that nobody stops at the first verdict seen", () => {
    const [a, b] = [five("a", [0.1, 0.1, 0.1, 0.1, 0.1]), five("b", [0.9, 0.9, 0.91, 0.9, 0.9])];
    const waiting = compareArms(a, b, { runs: { planned: 20, pending: 10, failed: 0 } });
    expect(waiting.verdict).toBeNull();
    expect(waiting.reason).toBe("No verdict yet: 10 of 20 runs of these two arms have not ended.");
    expect(waiting.difference.low).not.toBeNull();
    expect(compareArms(a, b, { runs: { planned: 20, pending: 0, failed: 0 } }).verdict).toBe("better");
    const unmeasured = compareArms(a, b, { runs: { planned: 20, pending: 0, failed: 0, unmeasured: 3 } });
    expect(unmeasured.verdict).toBeNull();
    expect(unmeasured.reason).toContain("the masks of 3 runs of these two arms are not measured in full");
  });

  it("gives one seed an estimate without interval", () => {
    const result = compareArms(five("a", [0.5]), five("b", [0.6]));
    expect(result.difference).toMatchObject({ low: null, high: null, sd: null, seeds: 1 });
    expect(result).toMatchObject({ verdict: null, detectable: null });
  });

  it("says equivalent only with a declared delta, and undecided with what could be found", () => {
    const [a, b] = [five("a", [0.6, 0.62, 0.58, 0.61, 0.6]), five("b", [0.601, 0.619, 0.581, 0.609, 0.6])];
    expect(compareArms(a, b, { delta: 0.01 })).toMatchObject({
      verdict: "equivalent",
      equivalence: { equivalent: true },
    });
    const open = compareArms(a, b);
    expect(open).toMatchObject({ verdict: "undecided", equivalence: null });
    expect(open.detectable).toBeGreaterThan(0);
    expect(open.reason).toMatch(/^Undecided: .* would be found with 80 % chance\.$/);
    expect(compareArms(a, b, { delta: 0.0001 }).verdict).toBe("undecided");
  });

  it("says so when a clear difference is smaller than delta", () => {
    const result = compareArms(
      five("a", [0.6, 0.62, 0.58, 0.61, 0.6]),
      five("b", [0.602, 0.6221, 0.5819, 0.612, 0.602]),
      { delta: 0.01 },
    );
    expect(result).toMatchObject({ verdict: "better", equivalence: { equivalent: true } });
    expect(result.reason).toContain("though by less than the declared 0.01");
  });

  it("pairs on common seeds and common items, and says what it left out", () => {
    const a = arm(
      "a",
      [
        [0.1, 0.2, null],
        [0.2, 0.3, 0.4],
        [0.3, 0.4, 0.5],
      ],
      [1, 2, 3],
    );
    const b = arm(
      "b",
      [
        [0.2, 0.3, 0.4],
        [0.3, 0.4, 0.5],
      ],
      [1, 9],
    );
    const result = compareArms(a, b);
    expect(result.unpairedSeeds).toEqual({ a: [2, 3], b: [9] });
    expect(result).toMatchObject({ difference: { n: 2, seeds: 1 }, itemsLeftOut: 1 });
    expect(result.reason).toMatch(
      /\.( 3 seeds are left out: only one arm has a score\.)( 1 item is left out: not every run has a defined score\.)$/,
    );
    expect(compareArms(a, b, { runs: { planned: 6, pending: 0, failed: 1 } }).reason).toContain(
      "1 of 6 runs failed or was cancelled.",
    );
    expect(result.difference.estimate).toBeCloseTo((0.2 + 0.3) / 2 - (0.1 + 0.2) / 2, 12);
    expect(() => compareArms(a, arm("c", [[1]], [77]))).toThrow("a and c have no seed in common");
    expect(() => compareArms(a, b, { delta: 0 })).toThrow("delta: expected a number above 0");
  });

  it("labels the bootstrap, and repeats it exactly", () => {
    const random = randomStream("rows");
    const rows = () => Array.from({ length: 5 }, () => Array.from({ length: 40 }, () => random.uniform()));
    const [a, b] = [arm("a", rows()), arm("b", rows())];
    const { bootstrap, difference } = compareArms(a, b);
    expect(bootstrap.label).toBe("these runs only");
    expect(bootstrap.low).toBeLessThan(difference.estimate);
    expect(bootstrap.high).toBeGreaterThan(difference.estimate);
    expect(compareArms(a, b).bootstrap).toEqual(bootstrap);
    expect(compareArms(a, b, { seed: 1 }).bootstrap).not.toEqual(bootstrap);
  });
});
