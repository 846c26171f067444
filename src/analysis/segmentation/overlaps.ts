/** @file What the pieces and holes of a prediction have of the truth. */
import type { PredictionMeasures } from "@tessera/domain/measures";
import type { LabelledMask } from "./topology.ts";

/** @param truth, prediction of one size */
export function overlapsOf(
  truth: LabelledMask,
  prediction: LabelledMask,
): Pick<PredictionMeasures, "topology" | "overlaps" | "holeTruth"> {
  const { topology } = prediction;
  const pieces = topology.pieces.length;
  const shared = new Map<number, number>(); // truth piece * pieces + predicted piece
  const holeTruth = topology.holes.map(() => 0);
  for (let i = 0; i < truth.pieceAt.length; i++) {
    const [ofTruth, piece, hole] = [truth.pieceAt[i]!, prediction.pieceAt[i]!, prediction.holeAt[i]!];
    if (ofTruth < 0) continue;
    if (hole >= 0) holeTruth[hole]!++;
    if (piece < 0) continue;
    const key = ofTruth * pieces + piece;
    shared.set(key, (shared.get(key) ?? 0) + 1);
  }
  const overlaps = [...shared]
    .sort(([a], [b]) => a - b)
    .map(([key, pixels]) => [Math.floor(key / pieces), key % pieces, pixels] as const);
  return { topology, overlaps, holeTruth };
}
