/**
 * @file What a trainer child tells its supervisor. Events are numbered and applied once, in order, so that a checkpoint is never
 * recorded before the points that lead to it.
 */
import type { ClassValues } from "./classValues.ts";
import type { ThresholdCounts } from "./measures.ts";

/** Values of one series; `steps` is increasing. NaN and infinities are allowed: a diverged loss is a result. */
export interface PointsEvent {
  readonly type: "points";
  readonly series: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

/** A picture of what the model says of one validation item at one epoch. */
export interface SampleEvent {
  readonly type: "sample";
  readonly epoch: number;
  readonly step: number;
  readonly itemId: string;
  /** PNG of the predicted mask at model size, 8-bit grey: of one class 0 or 255, of several class index + 1. */
  readonly sha256: string;
  /** Dice of this item, the mean of its classes where it is defined; null where it is not. */
  readonly dice: number | null;
}

/** Weights + optimiser + data position. Its blob is stored before the event is sent. */
export interface CheckpointEvent {
  readonly type: "checkpoint";
  readonly kind: "latest" | "best";
  readonly step: number;
  readonly epoch: number;
  readonly sha256: string;
  /** By which the best one is chosen: validation Dice, or AUC of a classification. Null before the first validation. */
  readonly validationScore: number | null;
}

/** Raw counts of one item and class, at model size; every score is derived from them. */
export interface ItemCounts {
  readonly itemId: string;
  /** Index into the label schema's classes. */
  readonly classIndex: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
  /** 8-connected pieces of the truth and of the prediction. */
  readonly truthComponents: number;
  readonly predictedComponents: number;
  /** PNG of the predicted mask, as in SampleEvent. */
  readonly predictionSha256: string;
  /** Absent where there are no probabilities. */
  readonly thresholdCounts?: ThresholdCounts;
}

/** What a classification says of one item. */
export interface ItemPrediction {
  readonly itemId: string;
  readonly truth: ClassValues;
  /** Per class, in [0, 1]; of exclusive classes they add up to 1. */
  readonly probabilities: readonly number[];
}

export interface EvaluationEvent {
  readonly type: "evaluation";
  readonly fold: "validation" | "test";
  readonly checkpointStep: number;
  readonly size: number;
  /** Probability from which a pixel, or a class that stands by itself, counts as predicted. */
  readonly threshold: number;
  /** Of a segmentation; else empty. */
  readonly items: readonly ItemCounts[];
  /** Of a classification only. */
  readonly predictions?: readonly ItemPrediction[];
}

export interface LogEvent {
  readonly type: "log";
  readonly level: "info" | "warning" | "error";
  readonly message: string;
}

/** Where the run is. `phase` is a word for people: "preparing", "training", "testing". */
export interface ProgressEvent {
  readonly type: "progress";
  readonly phase: string;
  readonly step: number;
  readonly totalSteps: number;
}

export type TrainerEvent = PointsEvent | SampleEvent | CheckpointEvent | EvaluationEvent | LogEvent | ProgressEvent;
