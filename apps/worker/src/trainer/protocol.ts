/** @file The messages between the supervisor and its trainer child. */
import type { ClassValues } from "@tessera/domain/classValues";
import type { RunConfiguration } from "@tessera/domain/configuration/run";
import type { TrainerEvent } from "@tessera/domain/events";
import type { Fold } from "@tessera/domain/words";
import type { BagSize, Corrupted } from "@tessera/training/items";
import type { TrainFold } from "@tessera/training/trainOptions";
import type { BlobRow } from "../spool/record.ts";

export interface JobItem {
  readonly itemId: string;
  /** The origin file, in the object store. */
  readonly sha256: string;
  /** The mask of its label there; null where the labels are class values. */
  readonly maskSha256: string | null;
  readonly classValues?: ClassValues;
  /** Of an item that is a bag. */
  readonly bagSize?: BagSize;
  readonly corrupted?: Corrupted;
  readonly fold: Fold;
}

/** All that a trainer needs to know; it has no connection to the database. */
export interface TrainerJob {
  readonly teamId: string;
  readonly runId: string;
  readonly attempt: number;
  readonly seed: number;
  readonly configuration: RunConfiguration;
  /** Of the training fold those alone that the run learns from. */
  readonly items: readonly JobItem[];
  /** Absent: `items` has all of the split's training fold. */
  readonly trainFold?: TrainFold | undefined;
  /** The training labels were made by noise from others. */
  readonly noisyLabels?: boolean;
  /** Of the label schema. */
  readonly classes: number;
  /** Of the label schema: an item has exactly one class. */
  readonly exclusive: boolean;
  readonly startingSha256: string | null;
  /** The two files of imported weights. Absent or null: the run does not start from such. */
  readonly importedSha256?: { readonly weights: string; readonly graph: string } | null;
  readonly resumeSha256: string | null;
  /** Folds that an earlier attempt has scored already. */
  readonly scored: readonly Fold[];
  readonly objectsDirectory: string;
  /** Where decoded items are kept from run to run. */
  readonly preparedDirectory: string;
  /** Most threads this machine gives to a run. */
  readonly maxThreads: number | null;
  readonly checkpointEverySteps: number | null;
  /** Memory for decoded items, bytes. Absent: a share of what is free. */
  readonly itemMemoryBytes?: number | undefined;
}

export type ToTrainer =
  | { readonly type: "start"; readonly job: TrainerJob }
  | { readonly type: "acknowledged"; readonly id: number }
  | { readonly type: "halt"; readonly how: "cancel" | "stop" };

export type FromTrainer =
  | {
      readonly type: "events";
      readonly id: number;
      readonly blobs: readonly BlobRow[];
      readonly events: readonly TrainerEvent[];
    }
  | { readonly type: "end"; readonly outcome: "succeeded" | "cancelled" | "stopped" }
  /** `passing`: the next attempt may well get further. */
  | { readonly type: "failed"; readonly error: string; readonly passing: boolean };
