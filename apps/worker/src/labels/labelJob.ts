/** @file What every step of one label job is given. */
import type { Imaging } from "@tessera/imaging/client";
import type { Objects } from "@tessera/objects/objects";
import type { Database, TeamSql } from "@tessera/store/database";
import { type ClaimedLabelJob, holdLabelJob } from "@tessera/store/labelJobQueue";
import type { Held } from "../leased.ts";
import type { Measurer } from "../measurements/measurer.ts";

export interface RunningLabelJob {
  /** Tries again by itself where the database is away for a while. */
  readonly database: Pick<Database, "asTeam">;
  readonly objects: Objects;
  readonly imaging: Imaging;
  readonly measurer: Measurer;
  readonly teamId: string;
  readonly claimed: ClaimedLabelJob;
  readonly held: Held;
  /** Told with the next heartbeat: items, or pairs of masks. */
  readonly progress: (done: number, total: number) => void;
}

/** A transaction that writes only while this attempt has the job. @throws DomainError STALE_ATTEMPT */
export function asHolder<T>(job: RunningLabelJob, work: (sql: TeamSql) => Promise<T>): Promise<T> {
  const { database, teamId, claimed } = job;
  return database.asTeam(teamId, async (sql) => {
    await holdLabelJob(sql, { teamId, id: claimed.id, attempt: claimed.attempt });
    return work(sql);
  });
}

/** Items whose results are stored at once: what a killed worker loses at most. */
export const batchSize = 20;
