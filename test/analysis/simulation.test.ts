/** What decision 0013 promises of comparisons, held by simulation at small scale. */
import type { ScoredArm } from "@tessera/analysis/arm";
import { bootstrapMean } from "@tessera/analysis/bootstrap";
import { compareArms } from "@tessera/analysis/comparison";
import { detectableEffect, tInterval, tQuantile } from "@tessera/analysis/studentT";
import { type RandomStream, randomStream } from "@tessera/domain/random";
import { describe, expect, it } from "vitest";

const simulations = 1000;

interface Regime {
  readonly seedSd: number;
  readonly items: number;
  readonly seeds: number;
}
const itemSd = 0.2;
const noiseSd = 0.05;

/** score = item's ease + this run's luck + noise; the items are the same for both arms, the luck is not. */
function twoArms({ seedSd, items, seeds }: Regime, effect: number, random: RandomStream): [ScoredArm, ScoredArm] {
  const ease = Array.from({ length: items }, () => itemSd * random.normal());
  const arm = (name: string, shift: number): ScoredArm => ({
    name,
    runs: Array.from({ length: seeds }, (_, seed) => {
      const luck = seedSd * random.normal();
      return { seed, scores: new Map(ease.map((e, i) => [`${i}`, shift + e + luck + noiseSd * random.normal()])) };
    }),
  });
  return [arm("a", 0), arm("b", effect)];
}

/** The SD of a paired difference of seed means in that world. */
const differenceSd = ({ seedSd, items }: Regime) => Math.sqrt(2 * (seedSd ** 2 + noiseSd ** 2 / items));

const regimes: Regime[] = [
  { seedSd: 0.002, items: 12, seeds: 5 },
  { seedSd: 0.02, items: 12, seeds: 5 },
  { seedSd: 0.02, items: 12, seeds: 10 },
  { seedSd: 0.1, items: 30, seeds: 8 },
];

/** Only the interval is asked for in these loops; the bootstrap beside it would take most of the time. */
const differences = (a: ScoredArm, b: ScoredArm) =>
  a.runs.map(({ scores }, i) => {
    const of = (map: ReadonlyMap<string, number | null>) =>
      [...map.values()].reduce((sum: number, v) => sum + v!, 0) / map.size;
    return of(b.runs[i]!.scores) - of(scores);
  });

describe.each(regimes)("seed SD $seedSd, $items items, $seeds seeds", (regime) => {
  const key = [regime.seedSd, regime.items, regime.seeds];

  it("rejects a true null in 3 to 7 % of worlds, covers in 93 to 97 %, at the analytic width", () => {
    const random = randomStream("null", ...key);
    let rejected = 0;
    const widths: number[] = [];
    for (let i = 0; i < simulations; i++) {
      const { low, high } = tInterval(differences(...twoArms(regime, 0, random)));
      if (low! > 0 || high! < 0) rejected++;
      widths.push(high! - low!);
    }
    expect(rejected / simulations).toBeLessThanOrEqual(0.07);
    expect(rejected / simulations).toBeGreaterThanOrEqual(0.03);
    const analytic = 2 * tQuantile(0.975, regime.seeds - 1) * (differenceSd(regime) / Math.sqrt(regime.seeds));
    widths.sort((a, b) => a - b);
    expect(widths[simulations / 2]).toBeLessThanOrEqual(1.3 * analytic);
  });

  it("finds an effect of the size called detectable in at least 75 % of worlds", () => {
    const random = randomStream("planted", ...key);
    const effect = detectableEffect(differenceSd(regime), regime.seeds)!;
    let found = 0;
    for (let i = 0; i < simulations; i++) {
      if (tInterval(differences(...twoArms(regime, effect, random))).low! > 0) found++;
    }
    expect(found / simulations).toBeGreaterThanOrEqual(0.75);
    expect(found / simulations).toBeLessThanOrEqual(0.85);
  });
});

it("compareArms itself reaches these verdicts", () => {
  const random = randomStream("whole");
  const regime = { seedSd: 0.02, items: 6, seeds: 5 };
  const effect = 2 * detectableEffect(differenceSd(regime), regime.seeds)!;
  const verdicts = Array.from({ length: 30 }, () => compareArms(...twoArms(regime, effect, random)).verdict);
  expect(verdicts.filter((verdict) => verdict === "better").length).toBeGreaterThan(27);
});

it("a bootstrap over items alone rejects a true null far too often: why it gives no verdict", () => {
  const random = randomStream("bootstrap null");
  const regime = { seedSd: 0.05, items: 30, seeds: 5 };
  let rejected = 0;
  for (let i = 0; i < 100; i++) {
    const [a, b] = twoArms(regime, 0, random);
    const perItem = [...a.runs[0]!.scores.keys()].map(
      (item) =>
        a.runs.reduce((sum, run, s) => sum + b.runs[s]!.scores.get(item)! - run.scores.get(item)!, 0) / a.runs.length,
    );
    const { low, high } = bootstrapMean(perItem, { seed: i, draws: 300 });
    if (low > 0 || high < 0) rejected++;
  }
  expect(rejected).toBeGreaterThan(40);
});
