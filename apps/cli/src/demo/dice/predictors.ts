/** @file Three predictors that are wrong in one known way each, and what that way makes of the truth, counted without the product. */
import {
  type PlantedPrediction,
  shiftedByOnePixel,
  specksOf,
  withoutSmallRegions,
  withSpecksAndHoles,
} from "@tessera/synthetic/plantedPredictions";
import type { PlantedRegion } from "@tessera/synthetic/plantedRegions";

export interface Predictor {
  readonly key: "A" | "B" | "C";
  readonly arm: string;
  readonly predict: (region: PlantedRegion, seed: number) => PlantedPrediction;
}

export const predictors: readonly Predictor[] = [
  { key: "A", arm: "A: shifted by one pixel", predict: shiftedByOnePixel },
  { key: "B", arm: "B: drops small regions", predict: withoutSmallRegions },
  { key: "C", arm: "C: specks and holes", predict: withSpecksAndHoles },
];

/** Means over items of the means over seeds, as the product's; pooled: of all pixels of a seed, averaged over seeds. */
export interface PlantedTruth {
  readonly dicePerItem: number;
  readonly dicePooled: number;
  readonly pieces: number;
  readonly holes: number;
  readonly specks: number;
  readonly falsePieces: number;
  /** Share of items of which no pixel is found. */
  readonly missedItems: number;
  /** Share of the truth's pixels that are not found. */
  readonly missedPixels: number;
}

export function plantedTruth(
  { predict }: Predictor,
  regions: readonly PlantedRegion[],
  seeds: readonly number[],
): PlantedTruth {
  const scored = seeds.map((seed) => regions.map((region) => score(region, predict(region, seed))));
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const perItem = (of: (each: Score) => number) => mean(scored.map((ofSeed) => mean(ofSeed.map(of))));
  const sum = (ofSeed: readonly Score[], of: (each: Score) => number) =>
    ofSeed.reduce((all, each) => all + of(each), 0);
  return {
    dicePerItem: perItem((each) => (2 * each.both) / each.marked),
    dicePooled: mean(scored.map((ofSeed) => (2 * sum(ofSeed, (s) => s.both)) / sum(ofSeed, (s) => s.marked))),
    pieces: perItem((each) => each.prediction.pieces.length),
    holes: perItem((each) => each.prediction.holes),
    specks: perItem((each) => specksOf(each.prediction)),
    falsePieces: perItem((each) => each.prediction.falsePieces),
    missedItems: perItem((each) => (each.both === 0 ? 1 : 0)),
    missedPixels: 1 - mean(scored.map((ofSeed) => sum(ofSeed, (s) => s.both) / sum(ofSeed, (s) => s.truth))),
  };
}

interface Score {
  readonly prediction: PlantedPrediction;
  readonly truth: number;
  /** Pixels in truth and prediction, and the sum of both sizes. */
  readonly both: number;
  readonly marked: number;
}

function score({ mask, pixels }: PlantedRegion, prediction: PlantedPrediction): Score {
  let [both, predicted] = [0, 0];
  for (let i = 0; i < mask.length; i++) {
    predicted += prediction.mask[i]!;
    both += prediction.mask[i]! & mask[i]!;
  }
  return { prediction, truth: pixels, both, marked: pixels + predicted };
}
