/** @file What post-processing changes, for one arm: chosen on the validation fold, shown on another. */
import { type ArmDifference, armScore, differenceTo } from "../armScore.ts";
import { diceOfCounts } from "../dice.ts";
import { type ArmOf, type PredictionFacts, scoredArm } from "./itemFacts.ts";
import {
  asPredicted,
  chooseOnValidation,
  type PostProcessed,
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
 * @returns null where the validation fold has no predictions: there is nothing to choose on
 */
export function postProcessingResult(
  validation: ArmOf<PredictionFacts>,
  shown: ArmOf<PredictionFacts>,
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
    difference: differenceTo({ ...before!.dice, name: "before" }, { ...after!.dice, name: "after" }),
  };
}

function scoresUnder(arm: ArmOf<PredictionFacts>, choice: PostProcessing) {
  const score = (of: (done: PostProcessed) => number | null) =>
    scoredArm(arm, ({ prediction, counts }) => of(postProcessed(prediction, counts, choice)));
  const dice = score(({ counts }) => diceOfCounts(counts));
  const mean = (of: (done: PostProcessed) => number | null) => armScore(score(of)).mean;
  const means: PostProcessingScores = {
    dice: armScore(dice).mean,
    pieces: mean((done) => done.pieces),
    holes: mean((done) => done.holes),
    largestShare: mean((done) => done.largestShare),
  };
  return { dice, means };
}
