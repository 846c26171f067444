/**
 * @file What training does differently for each task. The loop, its checkpoints, the memory plan and the order of batches know
 * none of it.
 */
import type * as tf from "@tensorflow/tfjs";
import type { RunConfiguration } from "@tessera/domain/configuration/run";
import type { EvaluationEvent, SampleEvent } from "@tessera/domain/events";
import type { RandomKey } from "@tessera/models/augmentation/random";
import type { DropoutSource } from "@tessera/models/layers/dropout";
import type { BatchInput } from "./batch.ts";
import type { ItemPixels, TrainingItem, TrainingItems } from "./items.ts";
import type { TrainOptions } from "./trainOptions.ts";

/** Where one item goes in a batch; all 0 before. */
export interface Place {
  /** One for each of the task's input shapes; of images [size, size, channels], normalised. */
  readonly inputs: readonly Float32Array[];
  /** Of the task's truthShape. */
  readonly truth: Float32Array;
  readonly weights?: Float32Array;
}

export interface ModelOutput {
  /** [b, ...truthShape] */
  readonly logits: tf.Tensor;
  /** Where the loss is not of the logits alone: what it is of, as several streams' logits. */
  readonly streams?: readonly tf.Tensor[];
}

/** A part of a fold, scored. */
export interface ScoredBatch {
  readonly items: readonly TrainingItem[];
  readonly pixels: readonly ItemPixels[];
  /** [items, ...truthShape] */
  readonly probabilities: Float32Array;
}

export interface ValidationScores {
  /** By which the best checkpoint is chosen, the higher the better; null: undefined on this fold. */
  readonly score: number | null;
  /** Of epochs with an equal score, the one with the lower loss is better, not the earlier: the score moves in steps. */
  readonly byLoss?: boolean;
  /** Reported beside the loss. */
  readonly series: Readonly<Record<string, number>>;
  samples(at: { readonly epoch: number; readonly step: number }): Promise<SampleEvent[]>;
}

export interface Validation {
  /** A fold's batches, in order. */
  add(scored: ScoredBatch): Promise<void>;
  result(): ValidationScores;
}

/** Training items as they are scored after an epoch: what is fitted of clean and of corrupted labels. */
export interface Memorisation {
  add(scored: ScoredBatch): Promise<void>;
  /** By name of the series; one that is undefined is left out. */
  result(): Readonly<Record<string, number>>;
}

export type EvaluationScores = Pick<EvaluationEvent, "items" | "predictions" | "threshold">;

export interface Evaluation {
  /** A fold's batches, in order. */
  add(scored: ScoredBatch): Promise<void>;
  result(): Promise<EvaluationScores>;
}

/** A batch in parts, each through the model by itself; what is kept of a part is small. Nothing is lost by it: the same probabilities. */
export interface ScoredInParts {
  /** One where it needs no cutting. All have the same shapes. */
  cut(inputs: readonly BatchInput[], items: number): (readonly BatchInput[])[];
  part(inputs: readonly tf.Tensor[]): tf.Tensor[];
  merge(before: readonly tf.Tensor[], part: readonly tf.Tensor[]): tf.Tensor[];
  logits(merged: readonly tf.Tensor[]): tf.Tensor;
}

type Pictures = Pick<TrainOptions, "encodeMask" | "storeBlob">;

/** The loss of the items of a batch by themselves; truth and weights as Task.loss's. */
export interface ItemLosses {
  /** Cross entropy, [b, 1], nats: what items are ranked by. */
  cost(logits: tf.Tensor, truth: tf.Tensor, weights: tf.Tensor | undefined): tf.Tensor;
  /** The configuration's loss, the mean over items that count so much. @param share [b, 1] */
  loss(logits: tf.Tensor, truth: tf.Tensor, weights: tf.Tensor | undefined, share: tf.Tensor): tf.Scalar;
}

export interface Task {
  readonly configuration: RunConfiguration;
  /** Of the truth of one item, of its weights and of its probabilities. */
  readonly truthShape: readonly number[];
  /** Bytes of what an item's inputs are made of, beside them. */
  readonly sourceBytes: number;
  /** Shapes that a step may meet, each of which is recorded once. */
  readonly recordings: number;
  /** Told with an evaluation: side of the square that was scored; of bags features of a tile. */
  readonly scoredSize: number;
  /** Whether the loss takes a weight for every value of the truth. */
  readonly weighted: boolean;
  /** @throws DomainError CONFLICT where the items are such that nothing could be learnt or chosen */
  checkItems(items: TrainingItems): void;
  /** What the task has to know of the items before anything else is asked of it, as the scale of their features. */
  prepare(items: TrainingItems): Promise<void>;
  /** Of one item's inputs in a batch of these; all alike but for bags, which are padded to the longest. */
  inputShapes(pixels: readonly ItemPixels[]): readonly (readonly number[])[];
  /** The largest that `inputShapes` gives for these items as they are trained on, or scored. Absent: either. */
  largestShapes(step?: "train" | "score"): readonly (readonly number[])[];
  /** What a step takes of an item where that is not all of it, by the item's key. Absent: all. */
  drawn?(pixels: ItemPixels, key: RandomKey): ItemPixels;
  /** The same where at most so many tiles of a bag are trained on. Absent: items are no bags. */
  withDrawn?(tiles: number): Task;
  /** How items that are too large for memory are scored in parts; null: they are scored whole. */
  inParts?(model: tf.LayersModel): ScoredInParts | null;
  /** @param random draws for dropout, in a step alone. Absent: the model is not trained, and drops nothing */
  model(seed: number, random?: DropoutSource): tf.LayersModel;
  forward(model: tf.LayersModel, inputs: readonly tf.Tensor[], training: boolean): ModelOutput;
  /** Truth and weights are [b, ...truthShape]. */
  loss(logits: tf.Tensor, truth: tf.Tensor, weights?: tf.Tensor, streams?: readonly tf.Tensor[]): tf.Scalar;
  /** Absent: the task is trained as a whole alone. */
  readonly byItem?: ItemLosses;
  probabilities(logits: tf.Tensor): tf.Tensor;
  /** Writes an item as it is scored, or, with a key, varied as it is trained on. */
  place(item: TrainingItem, pixels: ItemPixels, into: Place, key: RandomKey | null): void;
  /** @param sampled items to be shown as pictures; null: none in this epoch */
  validation(sampled: ReadonlySet<string> | null, pictures: Pictures): Validation;
  evaluation(pictures: Pictures): Evaluation;
  memorisation(): Memorisation;
}
