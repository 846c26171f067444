/** @file What post-processing changes, for one arm: chosen on the validation fold, shown on another. */
import { type ArmDifference, armScore, differenceTo } from "../armScore.ts";
import type { ComparisonOptions } from "../comparison.ts";
import { diceOfCounts } from "../dice.ts";
import { type ArmOf, mapFacts, type PredictionFacts, scoredArm } from "./itemFacts.ts";
import {
  asPredicted,
  chooseOnValidation,
  type PostProcessing,
  type PostProcessingChoice,
  postProcessed,
} from "./postProcessing.ts";

/** Means over items, averaged over seeds; of several classes per item their mean. */
export interface PostProcessingScores {
  readonly dice: number | null;
  readonly pieces: number | null;
  readonly holes: number | null;
  readonly largestShare: number | null;
}

export interface PostProcessingResult extends PostProcessingChoice {
  readonly arm: string;
  readonly before: PostProcessingScores;
  readonly after: PostProcessingScores;
  /** Dice after minus before, paired by seed. */
  readonly difference: ArmDifference;
}

/**
 * One choice for all of the arm's runs.
 * @param validation of the same arm; its runs are where the choice is made
 * @param shown      the arm's runs on the fold that is shown
 * @param options    of the comparison
 * @returns null where the validation fold has no predictions: there is nothing to choose on
 */
export function postProcessingResult(
  validation: ArmOf<PredictionFacts>,
  shown: ArmOf<PredictionFacts>,
  options: ComparisonOptions = {},
): PostProcessingResult | null {
  const items = validation.runs.flatMap((run) => [...run.items.values()]);
  if (items.length === 0) return null;
  const chosen = chooseOnValidation(items);
  const [before, after] = [asPredicted, chosen.choice].map((choice) => scoresUnder(shown, choice));
  return {
    ...chosen,
    arm: shown.name,
    before: before!.means,
    after: after!.means,
    difference: differenceTo({ ...before!.dice, name: "before" }, { ...after!.dice, name: "after" }, options),
  };
}

/** Without any post-processing. */
export const scoresAsPredicted = (arm: ArmOf<PredictionFacts>): PostProcessingScores =>
  scoresUnder(arm, asPredicted).means;

function scoresUnder(arm: ArmOf<PredictionFacts>, choice: PostProcessing) {
  const done = mapFacts(arm, ({ prediction, counts }) => postProcessed(prediction, counts, choice));
  const dice = scoredArm(done, ({ counts }) => diceOfCounts(counts));
  const mean = (key: "pieces" | "holes" | "largestShare") => armScore(scoredArm(done, (each) => each[key])).mean;
  const means: PostProcessingScores = {
    dice: armScore(dice).mean,
    pieces: mean("pieces"),
    holes: mean("holes"),
    largestShare: mean("largestShare"),
  };
  return { dice, means };
}
