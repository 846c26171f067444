/**
 * @file Scores of lesions, a lesion being one piece of the mask: which were found, and how well, whatever their size.
 *
 * The rule where pieces do not match one to one: a truth piece is held against the union of all predicted pieces that share a
 * pixel with it, and a predicted piece against the union of all truth pieces that do. So one prediction over two lesions finds
 * both, and two predictions on one lesion are both right; contiguity.ts counts such splits.
 */
import type { PredictionMeasures, Topology } from "@tessera/domain/measures";

export interface LesionScores {
  readonly truthPieces: number;
  readonly predictedPieces: number;
  /** Truth pieces that were found, of all; null without a truth piece. */
  readonly sensitivity: number | null;
  /** Predicted pieces that are on a lesion, of all; null without a predicted piece. */
  readonly precision: number | null;
  /** Harmonic mean of both; 0 where one of the masks has no piece, null where neither has. */
  readonly f1: number | null;
  /**
   * Mean over truth pieces of the Dice with the union of the predicted pieces that share a pixel with it, 0 for a missed one.
   * Predicted pieces on no lesion cost nothing here, but 0 where there is no lesion at all; null where neither mask has a piece.
   */
  readonly meanDice: number | null;
}

export interface LesionRule {
  /** A piece counts as found from this IoU with the union on; 0: one pixel in common is enough. */
  readonly minIou: number;
}

export const anyOverlap: LesionRule = { minIou: 0 };

export function lesionScores(
  truth: Topology,
  { topology, overlaps }: Pick<PredictionMeasures, "topology" | "overlaps">,
  { minIou }: LesionRule = anyOverlap,
): LesionScores {
  const ofTruth = truth.pieces.map(() => ({ shared: 0, union: 0 }));
  const ofPrediction = topology.pieces.map(() => ({ shared: 0, union: 0 }));
  for (const [truthPiece, predictedPiece, pixels] of overlaps) {
    const [found, marked] = [ofTruth[truthPiece]!, ofPrediction[predictedPiece]!];
    found.shared += pixels;
    found.union += topology.pieces[predictedPiece]!;
    marked.shared += pixels;
    marked.union += truth.pieces[truthPiece]!;
  }
  const matched = (pieces: readonly number[], against: readonly { shared: number; union: number }[]) =>
    pieces.filter((pixels, i) => {
      const { shared, union } = against[i]!;
      return shared > 0 && shared / (pixels + union - shared) >= minIou;
    }).length;
  const [truthPieces, predictedPieces] = [truth.pieces.length, topology.pieces.length];
  const sensitivity = truthPieces === 0 ? null : matched(truth.pieces, ofTruth) / truthPieces;
  const precision = predictedPieces === 0 ? null : matched(topology.pieces, ofPrediction) / predictedPieces;
  const dices = truth.pieces.map((pixels, i) => (2 * ofTruth[i]!.shared) / (pixels + ofTruth[i]!.union));
  const nothing = truthPieces + predictedPieces === 0;
  const both = (sensitivity ?? 0) + (precision ?? 0);
  return {
    truthPieces,
    predictedPieces,
    sensitivity,
    precision,
    f1: nothing ? null : both === 0 ? 0 : (2 * (sensitivity ?? 0) * (precision ?? 0)) / both,
    meanDice: nothing ? null : dices.reduce((sum, dice) => sum + dice, 0) / Math.max(1, truthPieces),
  };
}
