/** @file Masks in the order in which a reader should look at them, from the counts that are kept of out-of-fold predictions. */
import { diceOfCounts, meanScore } from "@tessera/analysis/dice";
import {
  maskQuality,
  type PredictedMask,
  softDiceQuality,
  softminQuality,
} from "@tessera/analysis/labelErrors/maskQuality";
import { bySuspicion } from "@tessera/analysis/labelErrors/suspects";
import { mean } from "@tessera/analysis/summary";
import { DomainError } from "@tessera/domain/errors";
import type { EvaluationItem } from "@tessera/store/evaluations";
import type { LabelScore, Suspect } from "./suspect.ts";

const fromProbabilities: Partial<Record<LabelScore, (mask: PredictedMask) => number>> = {
  maskQuality,
  softmin: softminQuality,
  softDice: softDiceQuality,
};

/**
 * One per item and class: its quality is the mean over the repeats, and the prediction that of the first. A mask and a prediction that are
 * both empty agree: 1.
 * @param repeats of each repeat every item's classes
 * @param score null: maskQuality, or Dice where a prediction came without probabilities
 * @throws DomainError BAD_INPUT for a score that needs probabilities where there are none
 */
export function suspectMasks(
  repeats: readonly (readonly EvaluationItem[])[],
  score: LabelScore | null,
): { readonly score: LabelScore; readonly suspects: Suspect[] } {
  const rows = repeats.flat();
  const counted = rows.every(({ thresholdCounts }) => thresholdCounts !== null);
  const chosen = score ?? (counted ? "maskQuality" : "dice");
  if (chosen !== "dice" && !counted) {
    throw new DomainError("BAD_INPUT", `score: ${chosen} needs probabilities, and some masks were scored without; choose DICE`, { field: "score" }); // biome-ignore format: one line
  }
  const byLabel = Map.groupBy(rows, ({ itemId, classIndex }) => `${itemId} ${classIndex}`);
  const suspects = [...byLabel.values()].map((said): Suspect => {
    const [{ itemId, classIndex, predictionSha256 }] = said as [EvaluationItem];
    return {
      ...{ itemId, classIndex, predictionSha256 },
      ...{ given: null, suggested: null, givenProbability: null, suggestedProbability: null, isIssue: null },
      quality: mean(said.map((row) => qualityOf(row, chosen))),
      dice: meanScore(said.map((row) => diceOfCounts(row))).mean,
    };
  });
  return { score: chosen, suspects: suspects.sort(bySuspicion) };
}

function qualityOf(row: EvaluationItem, score: LabelScore): number {
  const { truePositives, falsePositives, falseNegatives, trueNegatives, thresholdCounts } = row;
  const quality = fromProbabilities[score];
  if (!quality) return diceOfCounts(row) ?? 1;
  return quality({
    truthPixels: truePositives + falseNegatives,
    otherPixels: falsePositives + trueNegatives,
    counts: thresholdCounts!,
  });
}
