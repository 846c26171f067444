/** @file What every step of one import is given, and what it reports. */
import type { Objects } from "@tessera/objects/objects";
import type { Database } from "@tessera/store/database";
import type { ClaimedImport, ImportProblem } from "@tessera/store/imports";

export interface Counts {
  readonly total: number;
  readonly done: number;
  readonly added: number;
  readonly duplicates: number;
  readonly refused: number;
}

export interface ImportContext {
  /** Tries again by itself where the database is away for a while. */
  readonly database: Pick<Database, "asTeam">;
  readonly objects: Objects;
  readonly teamId: string;
  readonly claimed: ClaimedImport;
  /** Told after every batch; throws to end the import (cancelled, or taken by another worker). */
  readonly report: (counts: Counts, problems: readonly ImportProblem[]) => Promise<void>;
}
