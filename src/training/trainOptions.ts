/** @file What a run is given: what it trains on, and the functions by which it reads, stores and reports. */
import type { RunConfiguration } from "@tessera/domain/configuration/run";
import type { Fold } from "@tessera/domain/words";
import type { TrainingItems } from "./items.ts";
import type { Emit } from "./reporter.ts";

export interface ImportedFiles {
  /** safetensors */
  readonly weights: Uint8Array;
  /** JSON of the layers. */
  readonly graph: Uint8Array;
}

/** The training fold of a split, and how much of it a run learns from. */
export interface TrainFold {
  readonly items: number;
  readonly subjects: number;
  /** Subjects whose items the run has. */
  readonly learntSubjects: number;
}

export interface TrainOptions {
  readonly configuration: RunConfiguration;
  readonly seed: number;
  /** Of the label schema. Absent: 1. */
  readonly classes?: number;
  /** Of the label schema, in classification: an item has exactly one class. Absent: any number. */
  readonly exclusive?: boolean;
  /** In `train` those alone that the configuration's trainingFraction leaves (src/domain/trainingSubset.ts). */
  readonly items: TrainingItems;
  /** Absent: `items` has all of the split's training fold. */
  readonly trainFold?: TrainFold | undefined;
  /**
   * The training labels were made by noise from others: what is fitted of clean and of corrupted ones is recorded apart
   * (decision 0041). Training is the same, bit for bit.
   */
  readonly noisyLabels?: boolean | undefined;
  /** A checkpoint of the run that `configuration.startingWeights` names; null where it names none. */
  readonly startingWeights: Uint8Array | null;
  /** The two files of the imported weights that it names. Absent: it names none. */
  readonly importedWeights?: ImportedFiles | undefined;
  /** The newest "latest" checkpoint of this run, or null to begin. */
  readonly resume: Uint8Array | null;
  /** Folds already scored by an earlier attempt: test is scored once. */
  readonly scored: readonly Fold[];
  /** Most threads; null: as many as the configuration says. */
  readonly maxThreads: number | null;
  /** Checkpoints within an epoch, besides the one at its end; null: none. */
  readonly checkpointEverySteps: number | null;
  /** Events given together take effect together. Resolves when they are safe. */
  readonly emit: Emit;
  readonly storeBlob: (bytes: Uint8Array, mediaType: string) => Promise<string>;
  readonly readBlob: (sha256: string) => Promise<Uint8Array>;
  /** @param mask [size*size], 0 is background, else class index + 1. @returns PNG, 8-bit grey: of one class 0 or 255, else the index */
  readonly encodeMask: (mask: Uint8Array, size: number) => Promise<Uint8Array>;
  /** Looked at before every step. Either way a checkpoint is left behind. */
  readonly shouldStop: () => "cancel" | "stop" | null;
  /** Aborted when `shouldStop` begins to say so: then no batch is waited for. Absent: it is asked between batches only. */
  readonly halting?: AbortSignal;
}
