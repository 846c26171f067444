/** Main effects of a grid: exact on planted scores, and honest over simulated worlds. */
import { type FactorArm, factorEffects } from "@tessera/analysis/factorEffects";
import { randomStream } from "@tessera/domain/random";
import { describe, expect, it } from "vitest";

const depth = { name: "depth", levels: ["5", "3", "0"] };
const done = { planned: 5, pending: 0, failed: 0 };
const seeds = [1, 2, 3, 4, 5];
const effects: Record<string, number> = { "5": 0, "3": -0.1, "0": -0.3, all: 0, none: -0.05 };

function arm(d: string, skips: string, score: (seed: number, item: number) => number | null): FactorArm {
  const runs = seeds.map((seed) => ({
    seed,
    scores: new Map([0, 1, 2].map((item) => [`${item}`, score(seed, item)])),
  }));
  return { levels: { depth: d, skips }, scored: { name: `${d} ${skips}`, runs }, runs: done };
}
/** What a seed brings to all arms cancels in pairs; what it brings to one does not. */
const planted = (d: string, skips: string) =>
  arm(d, skips, (seed, item) => 0.8 + effects[d]! + effects[skips]! + 0.1 * item + 0.01 * seed);
const grid = [
  planted("5", "all"),
  planted("5", "none"),
  planted("3", "all"),
  planted("3", "none"),
  planted("0", "all"),
];

describe("factorEffects", () => {
  it("gives each level's planted effect over the matched arms", () => {
    const [three, none] = factorEffects(grid, depth);
    expect(three).toMatchObject({ level: "3", compared: { verdict: "worse" } });
    expect(three!.matched).toEqual([
      { arm: "3 all", partner: "5 all" },
      { arm: "3 none", partner: "5 none" },
    ]);
    expect(three!.compared!.difference).toMatchObject({ n: 3, seeds: 5 });
    expect(three!.compared!.difference.estimate).toBeCloseTo(-0.1, 12);
    // depth 0 has no form without skips, so it is set against the one with all
    expect(none).toMatchObject({ level: "0", matched: [{ arm: "0 all", partner: "5 all" }] });
    expect(none!.compared!.difference.estimate).toBeCloseTo(-0.3, 12);
    const [skips] = factorEffects(grid, { name: "skips", levels: ["all", "none"] });
    expect(skips!.matched).toHaveLength(2); // not three: depth 0 would make "all" look worse
    expect(skips!.compared!.difference.estimate).toBeCloseTo(-0.05, 12);
  });

  it("averages the two sides seed by seed: an interaction is averaged, an unmatched seed left out", () => {
    const deeper = planted("3", "none");
    const without = {
      ...deeper,
      scored: { ...deeper.scored, runs: deeper.scored.runs.filter((run) => run.seed !== 2) },
    };
    const [three] = factorEffects([grid[0]!, grid[1]!, arm("3", "all", () => 1), without], depth);
    expect(three!.compared!.difference.seeds).toBe(4);
    expect(three!.compared!.unpairedSeeds).toEqual({ a: [2], b: [] });
    const expected = [1, 3, 4, 5].map(
      (s) => (1 + (0.8 - 0.1 - 0.05 + 0.1 + 0.01 * s)) / 2 - (0.8 - 0.025 + 0.1 + 0.01 * s),
    );
    expect(three!.compared!.difference.estimate).toBeCloseTo(expected.reduce((a, b) => a + b) / 4, 12);
  });

  it("leaves out an item that one matched arm has no score for", () => {
    const holed = arm("3", "none", (seed, item) => (item === 1 && seed === 4 ? null : 0.5));
    const [three] = factorEffects([grid[0]!, grid[1]!, grid[2]!, holed], depth);
    expect(three!.compared).toMatchObject({ itemsLeftOut: 1, difference: { n: 2 } });
  });

  it("gives no verdict while a matched run is still to come, and says why there is no comparison", () => {
    const open = { ...grid[2]!, runs: { planned: 5, pending: 1, failed: 0 } };
    const [three, none] = factorEffects([grid[0]!, open, grid[4]!], depth);
    expect(three).toMatchObject({ compared: { verdict: null } });
    expect(three!.reason).toContain("1 of 10 runs");
    expect(none!.compared!.verdict).toBe("worse");
    expect(factorEffects([grid[0]!, grid[3]!], depth)[0]).toEqual({
      level: "3",
      matched: [],
      compared: null,
      reason: "No comparison: no arm with 3 has a partner with 5 that differs in this alone.",
    });
    const empty = { ...grid[2]!, scored: { name: "none yet", runs: [] } };
    const [nothing] = factorEffects([grid[0]!, empty], depth);
    expect(nothing).toMatchObject({ matched: [{ arm: "none yet" }], compared: null });
    expect(nothing!.reason).toContain("No comparison yet: depth 3 has no score");
  });

  it("covers the true effect in 93 to 97 % of worlds, rejects a null in 3 to 7 %, and finds a large one", () => {
    const random = randomStream("factor effects");
    const worlds = 400;
    let [covered, rejected, found] = [0, 0, 0];
    for (let world = 0; world < worlds; world++) {
      const ease = [0, 1, 2].map(() => 0.2 * random.normal());
      const draw = (d: string, skips: string, effect: number) => {
        const luck = new Map(seeds.map((seed) => [seed, 0.02 * random.normal()]));
        return arm(d, skips, (seed, item) => ease[item]! + effect + luck.get(seed)! + 0.01 * random.normal());
      };
      const skips = ["all", "none", "cut 0"];
      const arms = skips.flatMap((each) => [draw("5", each, 0), draw("3", each, -0.06), draw("0", each, 0)]);
      const [three, none] = factorEffects(arms, depth).map((effect) => effect.compared!);
      if (three!.difference.low! <= -0.06 && three!.difference.high! >= -0.06) covered++;
      if (three!.verdict === "worse") found++;
      if (none!.verdict === "better" || none!.verdict === "worse") rejected++;
    }
    expect(covered / worlds).toBeGreaterThanOrEqual(0.93);
    expect(covered / worlds).toBeLessThanOrEqual(0.97);
    expect(rejected / worlds).toBeGreaterThanOrEqual(0.03);
    expect(rejected / worlds).toBeLessThanOrEqual(0.07);
    expect(found / worlds).toBeGreaterThan(0.95);
  }, 240_000);
});
