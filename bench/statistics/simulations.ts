/** @file The list of what is simulated: every interval that the product shows. */
import { armMean, difference, differenceOnOtherItems, equivalence, factorEffect, regimes } from "./arms.ts";
import {
  aucOfRun,
  averagePrecisionOfRun,
  classRegimes,
  deLongTest,
  seedValueRegimes,
  seedValues,
} from "./classification.ts";
import { itemBootstrap, itemRegimes, stratum } from "./items.ts";
import { closingFraction, smallestEnough, smallestInside } from "./ordered.ts";
import type { Simulation } from "./simulation.ts";
import { curveRegimes, speedGap } from "./transfer.ts";

export interface Simulated {
  /** What the product shows. */
  readonly interval: string;
  /** Each made when its turn comes: some try out their world first. */
  readonly regimes: readonly (() => Simulation)[];
}

const simulated = <Regime>(
  interval: string,
  of: (regime: Regime) => Simulation,
  regimes: readonly Regime[],
): Simulated => ({
  interval,
  regimes: regimes.map((regime) => () => of(regime)),
});

const fewItems = regimes.filter(({ items }) => items === 12);
const aFewRegimes = regimes.filter(({ seedSd, luck }) => seedSd === 0.02 && luck === "normal");

export const simulations: readonly Simulated[] = [
  simulated("difference of two arms", difference, regimes),
  simulated("difference of two arms, taken for other items", differenceOnOtherItems, aFewRegimes),
  simulated("effect of a factor's level", factorEffect, fewItems),
  simulated("equivalent within δ, where the difference is δ", equivalence, regimes),
  simulated("smallest cut that is enough", smallestEnough, regimes),
  simulated("smallest cut that is enough, without δ", smallestInside, aFewRegimes),
  simulated("fraction from which on a gap is closed", closingFraction, regimes),
  simulated("mean of one arm", armMean, regimes),
  simulated("mean of a stratum", stratum, itemRegimes),
  simulated("bootstrap of a difference (these runs only)", itemBootstrap, itemRegimes),
  simulated("difference of two arms in AUC, a value per run", seedValues, seedValueRegimes),
  simulated("speed gap", speedGap, curveRegimes),
  simulated("DeLong's difference of two runs in AUC (these runs only)", deLongTest, classRegimes),
  simulated("AUC of a run (these runs only)", aucOfRun, classRegimes),
  simulated("bootstrap of an average precision (these runs only)", averagePrecisionOfRun, classRegimes),
];
