/** @file Worlds of label versions × architectures × seeds: main effects, their interaction, and what a seed alone changes. */
import { type FactorialArm, labelsVersusArchitecture } from "@tessera/analysis/labelsVersusArchitecture";
import { detectableEffect, tQuantile } from "@tessera/analysis/studentT";
import type { RandomStream } from "@tessera/domain/random";
import type { Observation, Simulation } from "./simulation.ts";

export interface FactorialRegime {
  readonly labels: number;
  readonly architectures: number;
  readonly seeds: number;
  /** Of the luck that a seed brings to every arm, to all of one label version or architecture, and to a run alone. */
  readonly sd: { readonly seed: number; readonly factor: number; readonly run: number };
}

const spreads = [
  { seed: 0, factor: 0, run: 0.02 },
  { seed: 0.02, factor: 0, run: 0.01 },
  { seed: 0.01, factor: 0.02, run: 0.01 },
];

export const factorialRegimes: readonly FactorialRegime[] = spreads.flatMap((sd) =>
  [5, 10].flatMap((seeds) => [
    { labels: 2, architectures: 2, seeds, sd },
    { labels: 3, architectures: 2, seeds, sd },
  ]),
);

const nameOf = ({ labels, architectures, seeds, sd }: FactorialRegime) =>
  `${labels} × ${architectures} × ${seeds} seeds, SD seed ${sd.seed}, factor ${sd.factor}, run ${sd.run}`;

interface Effects {
  readonly labels: number;
  readonly interaction: number;
}

/** The second label version, and that one with the second architecture, are better by so much. */
function drawn(
  { labels, architectures, seeds, sd }: FactorialRegime,
  effects: Effects,
  random: RandomStream,
): FactorialArm[] {
  const luck = (size: number) => Array.from({ length: seeds }, () => size * random.normal());
  const ofSeed = luck(sd.seed);
  const ofLabels = Array.from({ length: labels }, () => luck(sd.factor));
  const ofArchitecture = Array.from({ length: architectures }, () => luck(sd.factor));
  return ofLabels.flatMap((own, l) =>
    ofArchitecture.map((other, a): FactorialArm => {
      const mean = 0.7 + 0.03 * a + (l === 1 ? effects.labels : 0) + (l === 1 && a === 1 ? effects.interaction : 0);
      const runs = ofSeed.map((each, seed) => ({
        seed,
        n: 100,
        value: mean + each + own[seed]! + other[seed]! + sd.run * random.normal(),
      }));
      return {
        name: `${l} ${a}`,
        labels: `${l}`,
        architecture: `${a}`,
        runs,
        counts: { planned: seeds, pending: 0, failed: 0 },
      };
    }),
  );
}

const observed = (
  judged: NonNullable<ReturnType<typeof labelsVersusArchitecture>["labels"][number]["judged"]>,
): Observation => ({
  low: judged.difference.low,
  high: judged.difference.high,
  claims: judged.verdict === "better" || judged.verdict === "worse",
});

const widthOf = (sd: number, n: number) => (2 * tQuantile(0.975, n - 1) * sd) / Math.sqrt(n);

/** Relabelling: the second label version against the first. */
export function relabelling(regime: FactorialRegime): Simulation {
  const { sd, architectures, seeds } = regime;
  const spread = Math.sqrt(2 * sd.factor ** 2 + (2 * sd.run ** 2) / architectures);
  return {
    regime: nameOf(regime),
    figures: ["rejected", "found", "covered", "width"],
    notPromised: null,
    effect: detectableEffect(spread, seeds)!,
    analyticWidth: widthOf(spread, seeds),
    truth: (effect) => effect,
    world: (random, effect) => observed(labelsVersusArchitecture(drawn(regime, { labels: effect, interaction: 0 }, random)).labels[0]!.judged!), // biome-ignore format: one line
  };
}

export function interaction(regime: FactorialRegime): Simulation {
  const { sd, seeds } = regime;
  const spread = 2 * sd.run;
  return {
    regime: nameOf(regime),
    figures: ["rejected", "found", "covered", "width"],
    notPromised: null,
    effect: detectableEffect(spread, seeds)!,
    analyticWidth: widthOf(spread, seeds),
    truth: (effect) => effect,
    world: (random, effect) => observed(labelsVersusArchitecture(drawn(regime, { labels: 0.05, interaction: effect }, random)).interaction[0]!.judged!), // biome-ignore format: one line
  };
}

/** The SD that another seed gives to one arm. */
export function seedAlone(regime: FactorialRegime): Simulation {
  const { sd } = regime;
  const truth = Math.sqrt(sd.seed ** 2 + 2 * sd.factor ** 2 + sd.run ** 2);
  return {
    regime: nameOf(regime),
    figures: ["covered"],
    notPromised: sd.factor > 0 ? "seeds act on factors" : null,
    effect: 0,
    analyticWidth: 1,
    truth: () => truth,
    world(random) {
      const { low, high } = labelsVersusArchitecture(drawn(regime, { labels: 0, interaction: 0 }, random)).seed!;
      return { low, high, claims: false };
    },
  };
}
