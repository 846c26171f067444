/** @file Worlds of learning curves: the speed gap of two arms, with a target taken from the reference's own seeds. */
import { detectableEffect, tQuantile } from "@tessera/analysis/studentT";
import { mean, standardDeviation } from "@tessera/analysis/summary";
import { speedGap as gapOf, type SpeedArm, type SpeedGap } from "@tessera/analysis/transfer/speedGap";
import { commonTarget, type SeedCurve, stepsToTarget } from "@tessera/analysis/transfer/target";
import { type RandomStream, randomStream } from "@tessera/domain/random";
import type { Simulation } from "./simulation.ts";

export interface CurveRegime {
  readonly seeds: number;
  /** Of a run's luck in speed, on the logarithmic scale. */
  readonly speedSd: number;
  /** Of one validation, as few items give it; the curve rises by 0.4. */
  readonly noiseSd: number;
  readonly validations: number;
}

const chance = 0.5;
const rise = 0.4;
/** Of a run's luck in what it reaches in the end. */
const finalSd = 0.01;
const totalSteps = 800;
const timeConstant = 100;
/** Of the luck that two runs of one seed share: they see the items in one order. */
const shared = 0.3;

export const curveRegimes: readonly CurveRegime[] = [0.2, 0.5].flatMap((speedSd) =>
  [0, 0.01].flatMap((noiseSd) =>
    [5, 10].flatMap((seeds) => [16, 80].map((validations) => ({ seeds, speedSd, noiseSd, validations }))),
  ),
);

const nameOf = ({ speedSd, noiseSd, seeds, validations }: CurveRegime) =>
  `speed SD ${speedSd}, noise ${noiseSd}, ${validations} validations, ${seeds} seeds`;

/** score = chance + (rise + luck) (1 - exp(-step / time constant)) + noise */
function curve(
  seed: number,
  { speedSd, noiseSd, validations }: CurveRegime,
  luck: number,
  random: RandomStream,
): SeedCurve {
  const constant = timeConstant * Math.exp(speedSd * luck);
  const height = rise + finalSd * random.normal();
  const steps = Array.from({ length: validations }, (_, i) => ((i + 1) * totalSteps) / validations);
  const values = steps.map((step) => chance + height * (1 - Math.exp(-step / constant)) + noiseSd * random.normal());
  return { seed, steps, values };
}

/** @param faster of the arm's time constants, as a logarithm */
function world(regime: CurveRegime, random: RandomStream, faster: number): SpeedGap {
  const pairs = Array.from({ length: regime.seeds }, (_, seed) => {
    const both = Math.sqrt(shared) * random.normal();
    const own = () => both + Math.sqrt(1 - shared) * random.normal();
    return [curve(seed, regime, own(), random), curve(seed, regime, own() - faster / regime.speedSd, random)] as const;
  });
  const target = commonTarget(
    pairs.map(([reference]) => reference),
    chance,
  )!;
  const arm = (name: string, place: 0 | 1): SpeedArm => ({
    name,
    runs: pairs.map((pair) => stepsToTarget(pair[place], target, chance)!),
  });
  return gapOf(arm("reference", 0), arm("arm", 1));
}

export function speedGap(regime: CurveRegime): Simulation {
  const { seeds } = regime;
  /** What the interval is of: the ratio within the budget, which the share of censored runs draws to 1. */
  const many = (faster: number) => {
    const random = randomStream("pilot", nameOf(regime)); // one luck for every size of the effect
    return Array.from({ length: 1500 }, () => Math.log(world(regime, random, faster).ratio!));
  };
  const sdOf = (logs: readonly number[]) => standardDeviation(logs)! * Math.sqrt(seeds); // of one pair
  const start = many(0);
  // the spread is not that of equal arms, so the effect called detectable is sought together with it
  let faster = 0;
  for (let step = 0.5; step > 0.01; step /= 2) {
    while (-mean(many(faster + step)) < detectableEffect(sdOf(many(faster + step)), seeds)!) faster += step;
  }
  const planted = mean(many(faster));
  return {
    regime: nameOf(regime),
    figures: ["rejected", "found", "covered", "width"],
    notPromised: null,
    effect: faster,
    analyticWidth: (2 * tQuantile(0.975, seeds - 1) * sdOf(start)) / Math.sqrt(seeds),
    truth: () => planted,
    world(random, by) {
      const { low, high, verdict } = world(regime, random, by);
      return {
        low: low === null ? null : Math.log(low),
        high: high === null ? null : Math.log(high),
        claims: verdict === "better" || verdict === "worse",
      };
    },
  };
}
