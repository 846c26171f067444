import { readFileSync } from "node:fs";
import { crossedMean } from "@tessera/analysis/crossedMean";
import { compareMaps, type LeftValues, rankedMap } from "@tessera/analysis/explanations/similarity";
import { guardCheck, guardCheckOfDraws } from "@tessera/analysis/explanations/verdict";
import { tInterval } from "@tessera/analysis/studentT";
import { randomStream } from "@tessera/domain/random";
import { describe, expect, it } from "vitest";

interface Case {
  readonly table: number[][];
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

const cases: Case[] = JSON.parse(readFileSync(new URL("fixtures/crossedMean.json", import.meta.url), "utf8"));

describe("the mean of a crossed table", () => {
  it.each(cases.map((each) => [`${each.table.length} × ${each.table[0]!.length}`, each] as const))(
    "%s: as statsmodels' mean squares say",
    (_, { table, ...expected }) => {
      const mean = crossedMean(table);
      for (const key of ["estimate", "low", "high"] as const) expect(mean[key]).toBeCloseTo(expected[key], 7);
    },
  );

  it("covers the truth where rows and columns both vary, which an interval over rows alone does not", () => {
    const random = randomStream("crossed");
    const worlds = 400;
    let [crossed, rowsAlone] = [0, 0];
    for (let world = 0; world < worlds; world++) {
      const columns = Array.from({ length: 12 }, () => random.normal());
      const table = Array.from({ length: 8 }, () => {
        const row = 0.3 * random.normal();
        return columns.map((column) => row + column + random.normal());
      });
      const holds = ({ low, high }: { low: number | null; high: number | null }) => low! <= 0 && 0 <= high!;
      if (holds(crossedMean(table))) crossed++;
      if (holds(tInterval(table.map((row) => row.reduce((sum, value) => sum + value, 0) / row.length)))) rowsAlone++;
    }
    expect(crossed / worlds).toBeGreaterThan(0.92);
    expect(crossed / worlds).toBeLessThan(0.98);
    expect(rowsAlone / worlds).toBeLessThan(0.8);
  });

  it("has no limits for one row or one column, and none to spare for a table that never changes", () => {
    expect(crossedMean([[1, 2, 3]])).toEqual({ estimate: 2, low: null, high: null });
    expect(crossedMean([[1], [3]])).toEqual({ estimate: 2, low: null, high: null });
    expect(crossedMean([[2, 2], [2, 2]])).toEqual({ estimate: 2, low: 2, high: 2 }); // biome-ignore format: one line
  });
});

describe("a guard over draws", () => {
  const left = (rows: readonly (readonly number[])[]): LeftValues[] =>
    rows.map((signed) => ({ signed, magnitude: signed, structure: null }));

  it("is wider than one over the draws alone where items differ", () => {
    const rows = Array.from({ length: 8 }, (_, draw) =>
      Array.from({ length: 6 }, (_, item) => 0.1 * item + 0.01 * draw),
    );
    const [signed] = guardCheckOfDraws(left(rows)).left;
    const alone = tInterval(rows.map((row) => row.reduce((sum, value) => sum + value, 0) / row.length));
    expect(signed!.high! - signed!.low!).toBeGreaterThan(5 * (alone.high! - alone.low!));
    expect(signed!.estimate).toBeCloseTo(0.25 + 0.035, 12);
  });

  it("carries no verdict with fewer than five draws, or five items", () => {
    const of = (draws: number, items: number) =>
      guardCheckOfDraws(left(Array.from({ length: draws }, () => Array.from({ length: items }, () => 0)))).verdict;
    expect([of(4, 12), of(8, 4), of(5, 5)]).toEqual(["undecided", "undecided", "passes"]);
  });

  it("keeps the mean at (s − c) / (1 − c), however its items spread", () => {
    const random = randomStream("chance");
    const maps = () => Array.from({ length: 12 }, () => rankedMap(Float32Array.from({ length: 64 }, () => random.normal()))); // biome-ignore format: one line
    const compared = compareMaps(maps(), maps());
    const { estimate } = guardCheck(compared.left).left[0]!;
    const { similarity, chance } = compared;
    expect(estimate).toBeCloseTo((similarity.signed - chance.signed) / (1 - chance.signed), 12);
  });
});
