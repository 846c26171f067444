/** @file The board of pieces and holes: every arm, the worst predictions, and post-processing. */
import { diceOfCounts } from "@tessera/analysis/dice";
import {
  contiguityConvention,
  contiguityOfArm,
  piecesOff,
  worseInPieces,
} from "@tessera/analysis/segmentation/contiguityBoard";
import type { ArmOf } from "@tessera/analysis/segmentation/itemFacts";
import type { Context } from "../context.ts";
import { fileUrl } from "../graphql/fileUrl.ts";
import type { ContiguityBoard } from "./contiguityBoard.type.ts";
import { chosenOf, factsOf, isMeasured, type MeasuredPrediction } from "./facts.ts";
import { postProcessingOf } from "./postProcessing.ts";
import type { ScoredSet } from "./scoredSet.type.ts";

const mostShown = 24;

export async function assembleContiguity(
  context: Context,
  set: ScoredSet,
  classIndex: number,
): Promise<ContiguityBoard> {
  const { arms } = await factsOf(context, set);
  const measured = chosenOf(arms, classIndex, isMeasured);
  return {
    convention: contiguityConvention,
    arms: measured.map((arm) => ({ arm: arm.name, ...contiguityOfArm(withPieces(arm)) })),
    postProcessing: await postProcessingOf(context, set, classIndex),
    gallery: gallery(measured, set),
  };
}

const withPieces = ({ name, runs }: ArmOf<MeasuredPrediction>) => ({
  name,
  runs: runs.map(({ seed, items }) => ({
    seed,
    items: new Map(
      [...items].map(([id, rows]) => [
        id,
        rows.map(({ counts, measured: { contiguity } }) => ({ counts, contiguity })),
      ]),
    ),
  })),
});

/** Predictions with as many pieces as their truth and no hole are not shown. */
function gallery(arms: readonly ArmOf<MeasuredPrediction>[], { sources }: ScoredSet): ContiguityBoard["gallery"] {
  const predictions = arms.flatMap(({ name, runs }, arm) =>
    runs.flatMap(({ seed, items }) => {
      const { runId } = sources[arm]!.runs.find((run) => run.seed === seed)!;
      return [...items].map(([itemId, [only]]) => ({ itemId, arm: name, seed, runId, prediction: only! }));
    }),
  );
  const piecesOf = ({ prediction }: (typeof predictions)[number]) => prediction.measured.contiguity;
  return predictions
    .filter((each) => piecesOff(piecesOf(each)) > 0)
    .sort((a, b) => worseInPieces(piecesOf(a), piecesOf(b)))
    .slice(0, mostShown)
    .map(({ prediction: { counts, predictionSha256, measured }, ...of }) => {
      const { pieces, truthPieces, holes, largestShare } = measured.contiguity;
      const predictionUrl = fileUrl(predictionSha256);
      return { ...of, pieces, truthPieces, holes, largestShare, dice: diceOfCounts(counts), predictionUrl };
    });
}
