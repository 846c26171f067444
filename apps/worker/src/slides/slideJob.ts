/** @file What every step of one slide job is given. */
import type { SlideFile } from "@tessera/imaging/slides/client";
import type { Objects } from "@tessera/objects/objects";
import { type Blob, putBlob } from "@tessera/store/blobs";
import type { Database, TeamSql } from "@tessera/store/database";
import { type Item, listItems } from "@tessera/store/items";
import { type ClaimedSlideJob, holdSlideJob, type SlideProgress } from "@tessera/store/slideJobQueue";
import { allSlideResults, type SlideResult } from "@tessera/store/slideJobs";
import type { Held } from "../leased.ts";

export interface RunningSlideJob {
  /** Tries again by itself where the database is away for a while. */
  readonly database: Pick<Database, "asTeam">;
  readonly objects: Objects;
  readonly objectsDirectory: string;
  readonly maxThreads: number | null;
  readonly teamId: string;
  readonly claimed: ClaimedSlideJob;
  readonly held: Held;
  /** Told with the next heartbeat. @param processId of who works, for whoever watches */
  readonly progress: (now: SlideProgress, processId: number) => void;
}

/** A transaction that writes only while this attempt has the job. @throws DomainError STALE_ATTEMPT */
export function asHolder<T>(job: RunningSlideJob, work: (sql: TeamSql) => Promise<T>): Promise<T> {
  const { database, teamId, claimed } = job;
  return database.asTeam(teamId, async (sql) => {
    await holdSlideJob(sql, { teamId, id: claimed.id, attempt: claimed.attempt });
    return work(sql);
  });
}

/** The dataset's slides by name, and what earlier attempts made of them. */
export async function slidesToDo({ database, teamId, claimed }: RunningSlideJob) {
  return database.asTeam(teamId, async (sql) => {
    const slides: Item[] = [];
    for (let after: string | null = null; ; ) {
      const page = await listItems(sql, teamId, { datasetId: claimed.datasetId, page: { first: 500, after } });
      slides.push(...page.rows.filter(({ kind }) => kind === "slide"));
      if (!page.hasNextPage) break;
      after = page.endCursor;
    }
    const results = await allSlideResults(sql, teamId, claimed.id);
    return { slides, done: new Map(results.map((result) => [result.itemId, result])) };
  });
}

/** In the object store under its hash, whose ending was checked when it was imported: it has none here. */
export const fileOfSlide = async (
  { objects, teamId }: RunningSlideJob,
  { sha256, name }: Item,
): Promise<SlideFile> => ({
  path: await objects.path(teamId, sha256),
  name: name.replaceAll(".", "_"),
});

export async function putAll(sql: TeamSql, teamId: string, blobs: readonly Blob[]): Promise<void> {
  for (const blob of blobs) await putBlob(sql, teamId, blob);
}

/** Of the slides that are done. */
export function sumOf(results: Iterable<SlideResult>): { done: number; tiles: number; seconds: number } {
  const sum = { done: 0, tiles: 0, seconds: 0 };
  for (const { tiles, seconds } of results) {
    sum.done++;
    sum.tiles += tiles;
    sum.seconds += seconds;
  }
  return sum;
}
