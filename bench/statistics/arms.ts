/** @file Worlds of two arms with a score per item: the difference, equivalence, and the mean of one arm. */
import { type ScoredArm, summarizeArm } from "@tessera/analysis/arm";
import { compareSeedMeans } from "@tessera/analysis/comparison";
import { type FactorArm, factorEffects } from "@tessera/analysis/factorEffects";
import { detectableEffect, tQuantile } from "@tessera/analysis/studentT";
import type { RandomStream } from "@tessera/domain/random";
import type { Simulation } from "./simulation.ts";

export interface Regime {
  /** Of the luck that a run has on all its items. */
  readonly seedSd: number;
  readonly items: number;
  readonly seeds: number;
  /** Skewed: mostly a little above the mean, at times far below, as runs are that fail to learn something. */
  readonly luck: "normal" | "skewed";
}

const itemSd = 0.2;
const noiseSd = 0.05;

export const regimes: readonly Regime[] = (["normal", "skewed"] as const).flatMap((luck) =>
  [0.002, 0.02, 0.1].flatMap((seedSd) =>
    [12, 100].flatMap((items) => [5, 10].map((seeds) => ({ seedSd, items, seeds, luck }))),
  ),
);

export const nameOf = ({ seedSd, items, seeds, luck }: Regime) =>
  `seed SD ${seedSd} ${luck}, ${items} items, ${seeds} seeds`;

/** SD of a run's mean over items. */
export const runSd = ({ seedSd, items }: Regime) => Math.sqrt(seedSd ** 2 + noiseSd ** 2 / items);
const widthOf = (sd: number, n: number) => (2 * tQuantile(0.975, n - 1) * sd) / Math.sqrt(n);

const luckOf = ({ luck, seedSd }: Regime, random: RandomStream) =>
  seedSd * (luck === "normal" ? random.normal() : 1 + Math.log(1 - random.uniform()));

/** Ease of the items, the same for both arms: what an interval over seeds takes as given. */
export const easeOf = ({ items }: Regime, random: RandomStream) =>
  Array.from({ length: items }, () => itemSd * random.normal());

/** score = ease of the item + the run's luck + noise */
export function armOf(name: string, regime: Regime, ease: readonly number[], random: RandomStream): ScoredArm {
  const runs = Array.from({ length: regime.seeds }, (_, seed) => {
    const luck = luckOf(regime, random);
    return { seed, scores: new Map(ease.map((each, item) => [`${item}`, each + luck + noiseSd * random.normal()])) };
  });
  return { name, runs };
}

export const shifted = (ease: readonly number[], by: number) => ease.map((each) => each + by);
const isDifference = (verdict: string | null) => verdict === "better" || verdict === "worse";

export function difference(regime: Regime): Simulation {
  const sd = Math.SQRT2 * runSd(regime);
  return {
    regime: nameOf(regime),
    figures: ["rejected", "found", "covered", "width"],
    notPromised: null,
    effect: detectableEffect(sd, regime.seeds)!,
    analyticWidth: widthOf(sd, regime.seeds),
    truth: (effect) => effect,
    world(random, effect) {
      const ease = easeOf(regime, random);
      const a = armOf("a", regime, ease, random);
      const { difference, verdict } = compareSeedMeans(a, armOf("b", regime, shifted(ease, effect), random));
      return { low: difference.low, high: difference.high, claims: isDifference(verdict) };
    },
  };
}

/** Of the ease that an item has for one arm alone. */
const ownEaseSd = 0.1;

/** Each arm finds other items easy; the arms are equal over all items that there are, though not on those of one fold. */
export function differenceOnOtherItems(regime: Regime): Simulation {
  const plain = difference(regime);
  return {
    ...plain,
    regime: `${plain.regime}, own ease SD ${ownEaseSd}`,
    figures: ["rejected", "covered"],
    notPromised: "not promised",
    world(random) {
      const ease = easeOf(regime, random);
      const own = () => ease.map((each) => each + ownEaseSd * random.normal());
      const compared = compareSeedMeans(armOf("a", regime, own(), random), armOf("b", regime, own(), random));
      const { low, high } = compared.difference;
      return { low, high, claims: isDifference(compared.verdict) };
    },
  };
}

/** The true difference is exactly delta: to call that equivalent is the error that two one-sided tests keep below 5 %. */
export function equivalence(regime: Regime): Simulation {
  const delta = 2 * detectableEffect(Math.SQRT2 * runSd(regime), regime.seeds)!;
  return {
    ...difference(regime),
    figures: ["rejected"],
    world(random) {
      const ease = easeOf(regime, random);
      const a = armOf("a", regime, ease, random);
      const compared = compareSeedMeans(a, armOf("b", regime, shifted(ease, delta), random), { delta });
      return { low: null, high: null, claims: compared.equivalence?.equivalent ?? false };
    },
  };
}

export function armMean(regime: Regime): Simulation {
  const ease = Array.from({ length: regime.items }, (_, item) => itemSd * Math.sin(item));
  return {
    regime: nameOf(regime),
    figures: ["covered", "width"],
    notPromised: null,
    effect: 0,
    analyticWidth: widthOf(runSd(regime), regime.seeds),
    truth: () => ease.reduce((sum, each) => sum + each, 0) / ease.length,
    world(random) {
      const { low, high } = summarizeArm(armOf("a", regime, ease, random));
      return { low, high, claims: false };
    },
  };
}

const others = ["a", "b", "c"];

/** A level against the factor's first over three matched pairs of arms: a grid of two levels by three of another factor. */
export function factorEffect(regime: Regime): Simulation {
  const sd = (Math.SQRT2 * runSd(regime)) / Math.sqrt(others.length);
  const runs = { planned: regime.seeds, pending: 0, failed: 0 };
  return {
    ...difference(regime),
    effect: detectableEffect(sd, regime.seeds)!,
    analyticWidth: widthOf(sd, regime.seeds),
    world(random, effect) {
      const ease = easeOf(regime, random);
      const arms = ["first", "second"].flatMap((level) =>
        others.map((other): FactorArm => {
          const scored = armOf(`${level} ${other}`, regime, shifted(ease, level === "first" ? 0 : effect), random);
          return { levels: { level, other }, scored, runs };
        }),
      );
      const { difference, verdict } = factorEffects(arms, { name: "level", levels: ["first", "second"] })[0]!.compared!;
      return { low: difference.low, high: difference.high, claims: isDifference(verdict) };
    },
  };
}
