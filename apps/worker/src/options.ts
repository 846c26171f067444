/** @file What a supervisor is given, and what it tells whoever watches it. */
import type { Objects } from "@tessera/objects/objects";
import type { Database } from "@tessera/store/database";
import type { Outcome } from "./spool/record.ts";

export interface SupervisorOptions {
  readonly database: Database;
  readonly teamId: string;
  readonly objects: Objects;
  /** Where `objects` keeps its blobs: the trainer child opens them itself. */
  readonly objectsDirectory: string;
  /** May be shared by several workers of this machine, and outlives each. */
  readonly spoolDirectory: string;
  /** Decoded items, kept from run to run; best one folder for all workers of the machine. Absent: in spoolDirectory. */
  readonly preparedDirectory?: string;
  readonly name: string;
  readonly device: string;
  /** Of Tessera and TensorFlow, for people. */
  readonly version: string;
  /** Most threads a run gets here; null: as many as its configuration says. */
  readonly maxThreads: number | null;
  /** A checkpoint within long epochs, besides the one at the end of each; null: none. */
  readonly checkpointEverySteps: number | null;
  /** Memory that a run's decoded items may take, bytes. Absent: a quarter of what is free when it starts. */
  readonly itemMemoryBytes?: number | undefined;
  readonly observe: (event: WorkerEvent) => void;
}

interface OfAttempt {
  readonly runId: string;
  readonly attempt: number;
}

export type WorkerEvent =
  | ({ readonly type: "claimed" } & OfAttempt)
  /** The batch is on disk and the trainer knows it. */
  | ({ readonly type: "spooled"; readonly sequence: number; readonly trainerPid: number } & OfAttempt)
  | ({ readonly type: "ingested"; readonly sequence: number } & OfAttempt)
  | ({ readonly type: "ended"; readonly outcome: Outcome; readonly error: string | null } & OfAttempt)
  | { readonly type: "importClaimed" | "importEnded"; readonly importId: string }
  /** A batch is stored; items of this attempt so far. */
  | { readonly type: "measured"; readonly evaluationId: string; readonly items: number; readonly measurerPid: number }
  /** An item is counted; nothing is stored before all are. */
  | { readonly type: "scored"; readonly scoringId: string; readonly items: number; readonly measurerPid: number }
  /** A drawn mask is an annotation, or refused. */
  | { readonly type: "maskChecked"; readonly checkId: string; readonly error: string | null }
  /** A batch of perceptual hashes is stored. */
  | { readonly type: "hashed"; readonly items: number }
  | {
      readonly type: "inspecting";
      readonly inspectionId: string;
      readonly done: number;
      readonly total: number;
      readonly inspectorPid: number;
    }
  /** A batch of a label job is stored; items or pairs so far. */
  | { readonly type: "labelled"; readonly jobId: string; readonly items: number; readonly measurerPid: number }
  /** Tiles of a slide job are read, or a slide of it is stored: so many so far. */
  | {
      readonly type: "slides";
      readonly jobId: string;
      readonly slides: number;
      readonly tiles: number;
      readonly readerPid: number;
    }
  | { readonly type: "log"; readonly level: "info" | "warning" | "error"; readonly message: string };

export const leaseSeconds = 10;
export const heartbeatMs = 2000;
export const pollMs = 1000;
/** After this many bytes that the database has not taken, the trainer waits. */
export const spoolLimitBytes = 2 ** 30;
/** How long a trainer may take to checkpoint after it is told to stop, and the spool to empty after that. */
export const stopGraceMs = { trainer: 20_000, spool: 10_000 } as const;
