/** @file The messages between the supervisor and the child that makes one inspection. */
import type { InspectionKindName } from "@tessera/domain/inspections/kinds";
import type { InspectedCheckpoint } from "@tessera/store/inspections";
import type { BlobRow } from "../spool/record.ts";
import type { TrainerJob } from "../trainer/protocol.ts";
import type { BagSource } from "./bagSource.ts";
import type { MaskSource } from "./maskSource.ts";

/** A run as its trainer was given it, and the checkpoint that is its end. */
export interface InspectedJob {
  readonly run: TrainerJob;
  readonly checkpoint: InspectedCheckpoint;
  /** Null where the kind of inspection looks at none, too. */
  readonly masks: MaskSource | null;
  /** Null where the kind of inspection looks at no tiles. */
  readonly bags: BagSource | null;
}

/** All that the child needs to know; it has no connection to the database. */
export interface InspectionJob {
  readonly teamId: string;
  readonly kind: InspectionKindName;
  readonly request: unknown;
  /** At least one. */
  readonly runs: readonly InspectedJob[];
}

export type ToInspector = { readonly type: "start"; readonly job: InspectionJob };

export type FromInspector =
  | { readonly type: "progress"; readonly done: number; readonly total: number }
  | { readonly type: "result"; readonly result: unknown; readonly blobs: readonly BlobRow[] }
  /** `passing`: the next attempt may well get further. */
  | { readonly type: "failed"; readonly error: string; readonly passing: boolean };
