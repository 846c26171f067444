/** @file What a measuring child can do, by name. The measurer knows these by type only. */
import { measurePrediction, profileTruth, type ReaderMask } from "@tessera/analysis/segmentation/measure";
import { countComponents } from "@tessera/domain/components";
import type { PredictionMeasures, TruthProfile } from "@tessera/domain/measures";
import { type PixelCounts, pixelCounts } from "@tessera/domain/pixelCounts";
import { labelOperations } from "../labels/operations.ts";

export interface MaskPair {
  /** [size*size], row by row, 0 or 1. */
  readonly truth: Uint8Array;
  readonly prediction: Uint8Array;
  readonly size: number;
}

export interface MeasureTask extends MaskPair {
  /** mm per pixel of the square; null where the item has none. */
  readonly spacing: { readonly x: number; readonly y: number } | null;
  /** Null: the truth has its profile already. */
  readonly profile: { readonly seed: string; readonly readers: readonly ReaderMask[] } | null;
}

export interface Measured {
  readonly profile: TruthProfile | null;
  readonly measures: PredictionMeasures;
}

export interface MaskCounts extends PixelCounts {
  /** 8-connected pieces. */
  readonly truthComponents: number;
  readonly predictedComponents: number;
}

export const operations = {
  ...labelOperations,

  measure: ({ truth, prediction, size, spacing, profile }: MeasureTask): Measured => ({
    profile: profile && profileTruth(truth, size, size, profile),
    measures: measurePrediction(truth, prediction, size, size, spacing),
  }),

  count: ({ truth, prediction, size }: MaskPair): MaskCounts => ({
    ...pixelCounts(prediction, truth),
    truthComponents: countComponents(truth, size, size),
    predictedComponents: countComponents(prediction, size, size),
  }),
};

export type Operations = typeof operations;
