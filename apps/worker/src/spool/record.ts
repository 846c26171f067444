/** @file What a spool holds: the batches of one attempt, in order, and at last how the attempt ended. */
import type { TrainerEvent } from "@tessera/domain/events";

export type Outcome = "succeeded" | "failed" | "cancelled" | "lost" | "stopped";

export interface BlobRow {
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
}

/** Applied as one and once, by its sequence. Its blobs are in the object store already. */
export interface BatchRecord {
  readonly type: "batch";
  readonly sequence: number;
  readonly blobs: readonly BlobRow[];
  readonly events: readonly TrainerEvent[];
}

export interface EndRecord {
  readonly type: "end";
  readonly outcome: Outcome;
  readonly error: string | null;
}

export type SpoolRecord = BatchRecord | EndRecord;
