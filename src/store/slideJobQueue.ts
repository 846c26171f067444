/** @file The queue of slide jobs, as a worker sees it. Only the newest attempt may write. */
import { DomainError } from "@tessera/domain/errors";
import type { SlideRequest } from "@tessera/domain/slides/request";
import type { Database, TeamSql } from "./database.ts";
import { clean } from "./text.ts";

export interface ClaimedSlideJob {
  readonly id: string;
  readonly attempt: number;
  readonly request: SlideRequest;
  readonly datasetId: string;
  readonly createdBy: string;
}

interface Attempt {
  readonly teamId: string;
  readonly id: string;
  readonly attempt: number;
}

export interface SlideProgress {
  /** Slides. */
  readonly done: number;
  readonly total: number;
  /** Read so far, and the time it took. */
  readonly tiles: number;
  readonly seconds: number;
}

/** The oldest queued job, or one whose worker was lost; null where there is none. */
export async function claimSlideJob(
  db: Database,
  { teamId, workerId, leaseSeconds }: { teamId: string; workerId: string; leaseSeconds: number },
): Promise<ClaimedSlideJob | null> {
  const [row] = await db.once(
    (sql) => sql<{ claimed: ClaimedSlideJob | null }[]>`
      select claim_slide_job(${teamId}, ${workerId}, ${leaseSeconds}) as claimed`,
  );
  return row!.claimed;
}

/** With what is done so far. False: another attempt has it, or it was cancelled; stop. */
export async function renewSlideJob(
  db: Database,
  {
    teamId,
    id,
    attempt,
    leaseSeconds,
    done,
    total,
    tiles,
    seconds,
  }: Attempt & SlideProgress & { leaseSeconds: number },
): Promise<boolean> {
  const [row] = await db.once(
    (sql) => sql<{ owned: boolean }[]>`
      select renew_slide_job(${teamId}, ${id}, ${attempt}, ${leaseSeconds}, ${done}, ${total}, ${tiles}, ${seconds}) as owned`,
  );
  return row!.owned;
}

/** Within a transaction that writes for this attempt: holds the job until its end. @throws DomainError STALE_ATTEMPT */
export async function holdSlideJob(sql: TeamSql, { teamId, id, attempt }: Attempt): Promise<void> {
  const rows = await sql`
    select from slide_jobs where team_id = ${teamId} and id = ${id} and attempt = ${attempt} and state = 'running' for update`;
  if (rows.length === 0) throw stale(id, attempt);
}

/** @throws DomainError STALE_ATTEMPT. */
export async function finishSlideJob(
  db: Database,
  { teamId, id, attempt, error, bagDatasetId = null }: Attempt & { error: string | null; bagDatasetId?: string | null },
): Promise<void> {
  const [row] = await db.once(
    (sql) => sql<{ finished: boolean }[]>`
      select finish_slide_job(${teamId}, ${id}, ${attempt}, ${error && clean(error)}, ${bagDatasetId}) as finished`,
  );
  if (!row!.finished) throw stale(id, attempt);
}

/** For a worker that is stopped on purpose: the next one goes on at once, and no worker counts as lost. */
export async function giveBackSlideJob(db: Database, { teamId, id, attempt }: Attempt): Promise<void> {
  await db.once((sql) => sql`select give_back_slide_job(${teamId}, ${id}, ${attempt})`);
}

const stale = (id: string, attempt: number) =>
  new DomainError("STALE_ATTEMPT", `Attempt ${attempt} no longer holds this slide job; stop working on it.`, {
    id,
    attempt,
  });
