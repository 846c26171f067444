/** @file Worlds of classification runs: AUC over seeds, and of two runs or one over items. */
import { averagePrecision } from "@tessera/analysis/classification/averagePrecision";
import { bootstrapScore } from "@tessera/analysis/classification/bootstrapScore";
import { aucInterval, deLong } from "@tessera/analysis/classification/deLong";
import { type Ranking, rank } from "@tessera/analysis/classification/ranking";
import { auc } from "@tessera/analysis/classification/roc";
import { normalQuantile } from "@tessera/analysis/normal";
import { compareSeedValues, type ValuedArm } from "@tessera/analysis/seedValues";
import { detectableEffect, tQuantile } from "@tessera/analysis/studentT";
import { mean, standardDeviation } from "@tessera/analysis/summary";
import { type RandomStream, randomStream } from "@tessera/domain/random";
import type { Simulation } from "./simulation.ts";

export interface ClassRegime {
  /** AUC of a run over all items that there are. */
  readonly auc: number;
  readonly positives: number;
  readonly negatives: number;
}

/** Positive and negative scores are normal with SD 1 and so far apart: AUC = Φ(d / √2). */
const distanceOf = (area: number) => Math.SQRT2 * normalQuantile(area);

const nameOf = ({ auc, positives, negatives }: ClassRegime) => `AUC ${auc}, ${positives} + ${negatives} items`;
const truthOf = ({ positives, negatives }: ClassRegime) => [
  ...new Array<number>(positives).fill(1),
  ...new Array<number>(negatives).fill(0),
];

/** How much of a score's variance is the item's ease, which all runs share. */
const shared = 0.5;
const easeOf = (truth: readonly number[], random: RandomStream) => truth.map(() => Math.sqrt(shared) * random.normal());
const scoresOf = (truth: readonly number[], ease: readonly number[], distance: number, random: RandomStream) =>
  truth.map((y, item) => distance * y + ease[item]! + Math.sqrt(1 - shared) * random.normal());

/** Two runs, other items in each world. */
export function deLongTest(regime: ClassRegime): Simulation {
  const truth = truthOf(regime);
  const pair = (random: RandomStream, effect: number) => {
    const ease = easeOf(truth, random);
    const a = scoresOf(truth, ease, distanceOf(regime.auc), random);
    return deLong(truth, a, scoresOf(truth, ease, distanceOf(regime.auc - effect), random))!;
  };
  const sdAt = (effect: number) => {
    const random = randomStream("pilot", nameOf(regime));
    return standardDeviation(Array.from({ length: 1000 }, () => pair(random, effect).difference))!;
  };
  // what a normal test finds with 80 % chance; the spread grows with the effect, as AUC falls
  const reach = normalQuantile(0.975) + normalQuantile(0.8);
  let effect = reach * sdAt(0);
  for (let step = 0; step < 4; step++) effect = reach * sdAt(effect);
  return {
    regime: nameOf(regime),
    figures: ["rejected", "found", "covered", "width"],
    notPromised: null,
    effect,
    analyticWidth: 2 * normalQuantile(0.975) * sdAt(0),
    truth: (effect) => -effect,
    world(random, effect) {
      const { low, high } = pair(random, effect);
      return { low, high, claims: low !== null && high !== null && (low > 0 || high < 0) };
    },
  };
}

/** One run, other items in each world. */
function oneRun(
  regime: ClassRegime,
  score: (ranking: Ranking) => number | null,
  interval: (ranking: Ranking, random: RandomStream) => { readonly low: number; readonly high: number } | null,
): Simulation {
  const drawn = ({ positives, negatives }: ClassRegime, random: RandomStream) => {
    const truth = truthOf({ ...regime, positives, negatives });
    return rank(truth, scoresOf(truth, easeOf(truth, random), distanceOf(regime.auc), random));
  };
  const random = randomStream("pilot", nameOf(regime));
  const sd = standardDeviation(Array.from({ length: 1000 }, () => score(drawn(regime, random))!))!;
  const { positives, negatives } = regime;
  const scale = Math.ceil(400_000 / (positives + negatives)); // so many items that the score's own error does not count
  const large = drawn({ ...regime, positives: scale * positives, negatives: scale * negatives }, random);
  const truth = score(large)!;
  return {
    regime: nameOf(regime),
    figures: ["covered", "width"],
    notPromised: null,
    effect: 0,
    analyticWidth: 2 * normalQuantile(0.975) * sd,
    truth: () => truth,
    world(random) {
      const found = interval(drawn(regime, random), random);
      return { low: found?.low ?? null, high: found?.high ?? null, claims: false };
    },
  };
}

export const aucOfRun = (regime: ClassRegime): Simulation => oneRun(regime, auc, aucInterval);

export const averagePrecisionOfRun = (regime: ClassRegime): Simulation =>
  oneRun(regime, averagePrecision, (ranking, random) =>
    bootstrapScore(ranking, averagePrecision, { seed: random.integer(2 ** 31) }),
  );

export interface SeedValueRegime extends ClassRegime {
  readonly seeds: number;
  /** Of the distance that a run reaches between the classes. */
  readonly luckSd: number;
}

/** AUC of runs on the same items: the true difference is that on these items, so it is had from many runs beforehand. */
export function seedValues(regime: SeedValueRegime): Simulation {
  const { seeds, luckSd } = regime;
  const truth = truthOf(regime);
  const name = `${nameOf(regime)}, luck SD ${luckSd}, ${seeds} seeds`;
  const ease = easeOf(truth, randomStream("ease", name));
  const centre = distanceOf(regime.auc);
  const run = (random: RandomStream, further: number) =>
    auc(rank(truth, scoresOf(truth, ease, centre + further + luckSd * random.normal(), random)))!;
  const arm = (name: string, random: RandomStream, further: number): ValuedArm => ({
    name,
    runs: Array.from({ length: seeds }, (_, seed) => ({ seed, value: run(random, further), n: truth.length })),
  });
  const many = (further: number, count: number) => {
    const random = randomStream("pilot", name);
    return Array.from({ length: count }, () => run(random, further));
  };
  const start = many(0, 2000);
  const [middle, sd] = [mean(start), standardDeviation(start)!];
  // the spread of b is not that of a, so the effect called detectable is sought together with it
  const further = rootOf((by) => {
    const values = many(by, 500);
    return mean(values) - middle + detectableEffect(Math.hypot(sd, standardDeviation(values)!), seeds)!;
  });
  const planted = mean(many(further, 4000)) - mean(many(0, 4000));
  return {
    regime: name,
    figures: ["rejected", "found", "covered", "width"],
    notPromised: null,
    effect: planted,
    analyticWidth: (2 * tQuantile(0.975, seeds - 1) * Math.SQRT2 * sd) / Math.sqrt(seeds),
    truth: (effect) => effect,
    world(random, effect) {
      const compared = compareSeedValues(arm("a", random, 0), arm("b", random, effect === 0 ? 0 : further));
      const { low, high } = compared.difference;
      return { low, high, claims: compared.verdict === "better" || compared.verdict === "worse" };
    },
  };
}

/** Between -4 and 0, of a function that grows, by bisection. */
function rootOf(of: (x: number) => number): number {
  let [low, high] = [-4, 0];
  for (let step = 0; step < 12; step++) {
    const middle = (low + high) / 2;
    if (of(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

export const classRegimes: readonly ClassRegime[] = [0.75, 0.95].flatMap((area) => [
  { auc: area, positives: 15, negatives: 15 },
  { auc: area, positives: 30, negatives: 90 },
  { auc: area, positives: 150, negatives: 150 },
]);

export const seedValueRegimes: readonly SeedValueRegime[] = [0.75, 0.95].flatMap((area) =>
  [5, 10].flatMap((seeds) =>
    [0.05, 0.4].flatMap((luckSd) => [{ auc: area, positives: 30, negatives: 60, seeds, luckSd }]),
  ),
);
