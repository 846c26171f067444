/** @file Facts of a mask that is one square piece, for tests of what is stored and read, not of what is measured. */
import type { ItemCounts } from "@tessera/domain/events";
import type { PredictionMeasures, TruthProfile } from "@tessera/domain/measures";
import { sha } from "./study.ts";

const onePiece = (pixels: number) => ({ pieces: [pixels], inHole: [-1], holes: [], ofPiece: [] });

export const profileOf = (pixels: number): TruthProfile => ({
  pixels,
  topology: onePiece(pixels),
  errorCurves: { errors: [0, 1], eroded: [1, 0], dilated: [1, 0], shifted: [1, 0] },
  dropped: [],
  readers: [],
});

/** A prediction that is its truth. */
export const measuresOf = (pixels: number): PredictionMeasures => ({
  topology: onePiece(pixels),
  overlaps: [[0, 0, pixels]],
  holeTruth: [],
  distances: { hd: 0, hd95: 0, assd: 0, nsd: [1, 1, 1] },
  distancesMm: null,
});

export const countsOf = (itemId: string): ItemCounts => ({
  itemId,
  classIndex: 0,
  truePositives: 4,
  falsePositives: 0,
  falseNegatives: 0,
  trueNegatives: 60,
  truthComponents: 1,
  predictedComponents: 1,
  predictionSha256: sha("prediction"),
});
