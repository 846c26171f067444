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
import { factorialRegimes, interaction, relabelling, seedAlone } from "./factorial.ts";
import { guardRegimes, independentOf, leftOf, passesOf } from "./guard.ts";
import { itemBootstrap, itemRegimes, stratum } from "./items.ts";
import {
  anyChain,
  chainEntries,
  chainQuality,
  chainRegimes,
  chosenByLabel,
  derivedRegimes,
  fixFirst,
  markovTest,
} from "./labelChains.ts";
import { closingFraction, smallestEnough, smallestInside } from "./ordered.ts";
import { area, areaDifference, breakdown, robustnessRegimes } from "./robustness.ts";
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

/** Several simulations of one regime, which share its worlds. */
const all = <Regime>(interval: string, of: (regime: Regime) => readonly Simulation[], regimes: readonly Regime[]) => ({
  interval,
  regimes: regimes.flatMap((regime) => of(regime).map((simulation) => () => simulation)),
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
  simulated("mean score over a noise range", area, robustnessRegimes),
  simulated("difference of two methods in mean score over a noise range", areaDifference, robustnessRegimes),
  simulated("breakdown point under label noise", breakdown, robustnessRegimes),
  simulated("DeLong's difference of two runs in AUC (these runs only)", deLongTest, classRegimes),
  simulated("AUC of a run (these runs only)", aucOfRun, classRegimes),
  simulated("relabelling in a grid with architectures", relabelling, factorialRegimes),
  simulated("interaction of labels and architecture", interaction, factorialRegimes),
  simulated("what a seed alone changes", seedAlone, factorialRegimes),
  all("entry of a composed label chain", chainEntries, chainRegimes),
  simulated("entry of any label chain", anyChain, [2, 3, 5]),
  all("quality of the labels of a chain", chainQuality, derivedRegimes),
  simulated("label chain chosen by its labels", chosenByLabel, [50, 300]),
  simulated("label chain composed against direct", markovTest, derivedRegimes),
  simulated("label chain: fix this stage first", fixFirst, [50, 200]),
  simulated("what is left of a heatmap", leftOf, guardRegimes),
  simulated("a heatmap that passes its guard", passesOf, guardRegimes),
  simulated("a heatmap that does not depend on the model", independentOf, guardRegimes),
  simulated("bootstrap of an average precision (these runs only)", averagePrecisionOfRun, classRegimes),
];
