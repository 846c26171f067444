/**
 * @file Worlds of several comparisons judged one after the other, each as `difference` does: the smallest cut that keeps up, and the
 * fraction from which on a gap is closed. Each comparison alone is simulated elsewhere; here it is the answer that all of them give.
 *
 * Without an effect counted as rejected: an answer that goes one step too far, where the true value there is exactly δ. With one,
 * counted as found: the right answer.
 */
import { summarizeArm } from "@tessera/analysis/arm";
import { compareSeedMeans } from "@tessera/analysis/comparison";
import { smallestCut } from "@tessera/analysis/smallestCut";
import { detectableEffect } from "@tessera/analysis/studentT";
import { closing } from "@tessera/analysis/transfer/closing";
import type { RandomStream } from "@tessera/domain/random";
import { armOf, easeOf, nameOf, type Regime, runSd, shifted } from "./arms.ts";
import type { Simulation } from "./simulation.ts";

const detectable = (regime: Regime) => detectableEffect(Math.SQRT2 * runSd(regime), regime.seeds)!;

type Answered = Pick<Simulation, "figures" | "notPromised" | "world">;
const answer = (regime: Regime, answered: Answered): Simulation => ({
  ...{ regime: nameOf(regime), effect: 1, analyticWidth: 1 },
  truth: () => 0,
  ...answered,
});

/** Of a model of four blocks, by k: what the arm lacks of the whole encoder, in units of δ. Two blocks are enough. */
const lacking = [1, 1, 0, 0];
const enough = 2;

function namedCut(regime: Regime, random: RandomStream, lacks: number, delta: number | null): number {
  const ease = easeOf(regime, random);
  const whole = armOf("whole", regime, ease, random);
  const points = lacking.map((by, k) => {
    const cut = armOf(`${k}`, regime, shifted(ease, -by * lacks), random);
    const { b, difference, verdict } = compareSeedMeans(whole, cut, delta === null ? {} : { delta });
    return { k, mean: b.mean, difference: { ...difference, verdict } };
  });
  const { mean, low, high } = summarizeArm(whole);
  return smallestCut(points, { k: lacking.length, mean, low, high }, { delta, higherIsBetter: true }).k!;
}

export function smallestEnough(regime: Regime): Simulation {
  const delta = 2 * detectable(regime);
  return answer(regime, {
    figures: ["rejected", "found"],
    notPromised: null,
    world(random, effect) {
      const k = namedCut(regime, random, delta, delta);
      return { low: null, high: null, claims: effect === 0 ? k < enough : k === enough };
    },
  });
}

/** The rule that looks whether a mean lies inside the whole encoder's interval; the cuts lack what is called detectable. */
export function smallestInside(regime: Regime): Simulation {
  return answer(regime, {
    figures: ["rejected", "found"],
    notPromised: "not promised",
    world(random, effect) {
      const k = namedCut(regime, random, detectable(regime), null);
      return { low: null, high: null, claims: effect === 0 ? k < enough : k === enough };
    },
  });
}

/** By fraction of the training data: the true advantage over random weights, in units of δ. It is closed from 50 % on. */
const advantages = [
  { fraction: 0.05, by: 3 },
  { fraction: 0.25, by: 1 },
  { fraction: 0.5, by: 0 },
  { fraction: 1, by: 0 },
];
const closed = 0.5;

export function closingFraction(regime: Regime): Simulation {
  const delta = 2 * detectable(regime);
  return answer(regime, {
    figures: ["rejected", "found"],
    notPromised: null,
    world(random, effect) {
      const gaps = advantages.map(({ fraction, by }) => {
        const ease = easeOf(regime, random);
        const reference = armOf("random", regime, ease, random);
        const arm = armOf("arm", regime, shifted(ease, by * delta), random);
        const { difference, verdict } = compareSeedMeans(reference, arm, { delta });
        return { fraction, verdict, low: difference.low, high: difference.high };
      });
      const { fraction } = closing(gaps, delta);
      const early = fraction !== null && fraction < closed;
      return { low: null, high: null, claims: effect === 0 ? early : fraction === closed };
    },
  });
}
