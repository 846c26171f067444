/** @file What is timed of ours: each from two masks to its numbers, the sum of which both sides must agree on. */
import { diceOfCounts } from "@tessera/analysis/dice";
import { diceAtError, errorCurves } from "@tessera/analysis/segmentation/errorCurves";
import { lesionScores } from "@tessera/analysis/segmentation/lesions";
import { measurePrediction, profileTruth } from "@tessera/analysis/segmentation/measure";
import { overlapsOf } from "@tessera/analysis/segmentation/overlaps";
import { surfaceDistances } from "@tessera/analysis/segmentation/surfaceDistances";
import { labelMask } from "@tessera/analysis/segmentation/topology";
import type { MaskPair } from "./masks.ts";

export interface Metric {
  readonly name: string;
  /** Who is timed beside it; null: nobody computes this. */
  readonly peer: string | null;
  of(pair: MaskPair, side: number): number;
}

export const metrics: readonly Metric[] = [
  { name: "dice", peer: "MONAI", of: ({ truth, prediction }) => dice(truth, prediction) },
  { name: "hd95", peer: "MONAI", of: (pair, side) => distances(pair, side).hd95! },
  { name: "assd", peer: "MONAI", of: (pair, side) => distances(pair, side).assd! },
  { name: "nsd", peer: "MONAI", of: (pair, side) => distances(pair, side).nsd[0]! },
  {
    name: "lesions",
    peer: "SciPy",
    of: ({ truth, prediction }, side) => {
      const [ofTruth, predicted] = [labelMask(truth, side, side), labelMask(prediction, side, side)];
      const { f1 } = lesionScores(ofTruth.topology, overlapsOf(ofTruth, predicted));
      return f1! + predicted.topology.holes.length;
    },
  },
  {
    name: "errorCurves",
    peer: "SciPy",
    of: ({ truth }, side) => {
      const curves = errorCurves(truth, side, side)!;
      return diceAtError(curves, "eroded", 2) + diceAtError(curves, "dilated", 2) + diceAtError(curves, "shifted", 2);
    },
  },
  {
    name: "measurePrediction",
    peer: "MONAI and SciPy",
    of: ({ truth, prediction }, side) => {
      const { distances, topology } = measurePrediction(truth, prediction, side, side, null);
      return distances.hd! + distances.hd95! + distances.assd! + distances.nsd[0]! + topology.holes.length;
    },
  },
  { name: "profileTruth", peer: null, of: ({ truth }, side) => profileTruth(truth, side, side, { seed: 1 }).pixels },
];

const distances = ({ truth, prediction }: MaskPair, side: number) => surfaceDistances(truth, prediction, side, side);

function dice(truth: Uint8Array, prediction: Uint8Array): number {
  let [both, ofTruth, predicted] = [0, 0, 0];
  for (let i = 0; i < truth.length; i++) {
    const [t, p] = [truth[i]!, prediction[i]!];
    both += t & p;
    ofTruth += t;
    predicted += p;
  }
  return diceOfCounts({ truePositives: both, falsePositives: predicted - both, falseNegatives: ofTruth - both })!;
}
