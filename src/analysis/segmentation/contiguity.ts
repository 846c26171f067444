/** @file Is a predicted region one region? Pieces, holes, specks, and pieces on nothing: what Dice does not see. */
import type { PredictionMeasures, Topology } from "@tessera/domain/measures";

export interface Contiguity {
  readonly pieces: number;
  readonly truthPieces: number;
  readonly holes: number;
  /** Of the predicted pixels, the share in the largest piece; null for an empty prediction. */
  readonly largestShare: number | null;
  /** Pieces that hold less than `speckShare` of the predicted pixels. */
  readonly specks: number;
  /** Predicted pieces without any pixel of the truth. */
  readonly falsePieces: number;
  /** Truth pieces that several predicted pieces share. */
  readonly splitPieces: number;
}

export const speckShare = 0.05;

export function contiguity(
  truth: Topology,
  { topology, overlaps }: Pick<PredictionMeasures, "topology" | "overlaps">,
): Contiguity {
  const { pieces } = topology;
  const total = pieces.reduce((sum, pixels) => sum + pixels, 0);
  const onTruth = new Set(overlaps.map(([, predicted]) => predicted));
  const byTruth = Map.groupBy(overlaps, ([piece]) => piece);
  return {
    pieces: pieces.length,
    truthPieces: truth.pieces.length,
    holes: topology.holes.length,
    largestShare: largestShare(pieces),
    specks: pieces.filter((pixels) => pixels < speckShare * total).length,
    falsePieces: pieces.length - onTruth.size,
    splitPieces: [...byTruth.values()].filter((shared) => shared.length > 1).length,
  };
}

/** Null for no pieces. */
export function largestShare(pieces: readonly number[]): number | null {
  if (pieces.length === 0) return null;
  return pieces.reduce((most, pixels) => Math.max(most, pixels)) / pieces.reduce((sum, pixels) => sum + pixels, 0);
}
