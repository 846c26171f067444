/** @file The queue of label jobs, as a worker sees it. Only the newest attempt may write. */
import { DomainError } from "@tessera/domain/errors";
import type { LabelRequest } from "@tessera/domain/labels/request";
import type { Database, TeamSql } from "./database.ts";
import type { Task } from "./labelSchemas.ts";
import { clean } from "./text.ts";

export interface ClaimedLabelJob {
  readonly id: string;
  readonly attempt: number;
  readonly request: LabelRequest;
  readonly datasetId: string;
  readonly schemaId: string;
  readonly task: Task;
  readonly classes: readonly string[];
  readonly exclusive: boolean | null;
}

interface Attempt {
  readonly teamId: string;
  readonly id: string;
  readonly attempt: number;
}

/** The oldest queued job, or one whose worker was lost; null where there is none. */
export async function claimLabelJob(
  db: Database,
  { teamId, workerId, leaseSeconds }: { teamId: string; workerId: string; leaseSeconds: number },
): Promise<ClaimedLabelJob | null> {
  const [row] = await db.once(
    (sql) => sql<{ claimed: ClaimedLabelJob | null }[]>`
      select claim_label_job(${teamId}, ${workerId}, ${leaseSeconds}) as claimed`,
  );
  return row!.claimed;
}

/** With what is done so far. False: another attempt has it, or it was cancelled; stop. */
export async function renewLabelJob(
  db: Database,
  { teamId, id, attempt, leaseSeconds, done, total }: Attempt & { leaseSeconds: number; done: number; total: number },
): Promise<boolean> {
  const [row] = await db.once(
    (sql) => sql<{ owned: boolean }[]>`
      select renew_label_job(${teamId}, ${id}, ${attempt}, ${leaseSeconds}, ${done}, ${total}) as owned`,
  );
  return row!.owned;
}

/** Within a transaction that writes for this attempt: holds the job until its end. @throws DomainError STALE_ATTEMPT */
export async function holdLabelJob(sql: TeamSql, { teamId, id, attempt }: Attempt): Promise<void> {
  const rows = await sql`
    select from label_jobs where team_id = ${teamId} and id = ${id} and attempt = ${attempt} and state = 'running' for update`;
  if (rows.length === 0) throw stale(id, attempt);
}

/** @throws DomainError STALE_ATTEMPT. */
export async function finishLabelJob(
  db: Database,
  end: Attempt & { error: string | null; done: number; labelVersionId: string | null },
): Promise<void> {
  const { teamId, id, attempt, error, done, labelVersionId } = end;
  const [row] = await db.once(
    (sql) => sql<{ finished: boolean }[]>`
      select finish_label_job(${teamId}, ${id}, ${attempt}, ${error && clean(error)}, ${done}, ${labelVersionId}) as finished`,
  );
  if (!row!.finished) throw stale(id, attempt);
}

/** For a worker that is stopped on purpose: the next one goes on at once, and no worker counts as lost. */
export async function giveBackLabelJob(db: Database, { teamId, id, attempt }: Attempt): Promise<void> {
  await db.once((sql) => sql`select give_back_label_job(${teamId}, ${id}, ${attempt})`);
}

const stale = (id: string, attempt: number) =>
  new DomainError("STALE_ATTEMPT", `Attempt ${attempt} no longer holds this label job; stop working on it.`, {
    id,
    attempt,
  });
