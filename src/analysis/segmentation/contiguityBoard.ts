/** @file Pieces, holes and specks of whole arms, the worst predictions first, and what a post-processing would do to an arm. */
import type { ScoredArm } from "../arm.ts";
import { armScore } from "../armScore.ts";
import { diceOfCounts, type PixelCounts } from "../dice.ts";
import { type Contiguity, speckShare } from "./contiguity.ts";
import { type ArmOf, type PredictionFacts, scoredArm } from "./itemFacts.ts";
import { asPredicted, type PostProcessed, type PostProcessing, postProcessed } from "./postProcessing.ts";

export const contiguityConvention = `Per item, then the mean over items, averaged over seeds. Pieces are 8-connected foreground, holes 4-connected background inside a piece; a speck has less than ${speckShare * 100} % of the predicted pixels; a false piece has no pixel of truth; the largest piece's share is undefined for an empty prediction; Dice: both empty = undefined. Post-processing is chosen by mean Dice on the validation fold of the same runs, one choice per arm`;

export interface PiecesAndCounts {
  readonly counts: PixelCounts;
  readonly contiguity: Contiguity;
}

/** Means over items, averaged over seeds; null where no item is defined in every run. */
export interface ContiguityOfArm {
  readonly pieces: number | null;
  readonly truthPieces: number | null;
  readonly holes: number | null;
  readonly specks: number | null;
  readonly falsePieces: number | null;
  readonly largestShare: number | null;
  readonly dice: number | null;
  readonly seeds: number;
  /** With measures in every run. */
  readonly items: number;
}

export function contiguityOfArm(arm: ArmOf<PiecesAndCounts>): ContiguityOfArm {
  const mean = (of: (facts: PiecesAndCounts) => number | null) => armScore(scoredArm(arm, of)).mean;
  const { seeds, items } = armScore(scoredArm(arm, (facts) => facts.contiguity.pieces));
  return {
    pieces: mean((facts) => facts.contiguity.pieces),
    truthPieces: mean((facts) => facts.contiguity.truthPieces),
    holes: mean((facts) => facts.contiguity.holes),
    specks: mean((facts) => facts.contiguity.specks),
    falsePieces: mean((facts) => facts.contiguity.falsePieces),
    largestShare: mean((facts) => facts.contiguity.largestShare),
    dice: mean((facts) => diceOfCounts(facts.counts)),
    seeds,
    items,
  };
}

/**
 * Order of a gallery: most pieces beside the truth's number and most holes first, then the smallest share of the largest
 * piece. Negative where `a` is worse.
 */
export function worseInPieces(a: Contiguity, b: Contiguity): number {
  return piecesOff(b) - piecesOff(a) || (a.largestShare ?? 0) - (b.largestShare ?? 0);
}

/** 0 where a prediction has as many pieces as its truth, and no hole. */
export const piecesOff = ({ pieces, truthPieces, holes }: Contiguity): number => Math.abs(pieces - truthPieces) + holes;

export interface ProcessedArm {
  readonly scored: ScoredArm;
  /** Means over items, averaged over seeds. */
  readonly dice: number | null;
  readonly pieces: number | null;
  readonly holes: number | null;
  readonly largestShare: number | null;
}

/** An arm after a post-processing; `asPredicted` for before. */
export function processedArm(arm: ArmOf<PredictionFacts>, choice: PostProcessing = asPredicted): ProcessedArm {
  const after: ArmOf<PostProcessed> = {
    name: arm.name,
    runs: arm.runs.map(({ seed, items }) => ({
      seed,
      items: new Map(
        [...items].map(([id, classes]) => [
          id,
          classes.map(({ prediction, counts }) => postProcessed(prediction, counts, choice)),
        ]),
      ),
    })),
  };
  const mean = (of: (facts: PostProcessed) => number | null) => armScore(scoredArm(after, of)).mean;
  const scored = scoredArm(after, ({ counts }) => diceOfCounts(counts));
  return {
    scored,
    dice: armScore(scored).mean,
    pieces: mean(({ pieces }) => pieces),
    holes: mean(({ holes }) => holes),
    largestShare: mean(({ largestShare }) => largestShare),
  };
}
