/** @file Label jobs: versions that a worker is to make by a rule, and masks that it is to compare. */
import { DomainError } from "@tessera/domain/errors";
import type { LabelJobKind, LabelRequest } from "@tessera/domain/labels/request";
import type { RunState } from "@tessera/domain/words";
import type { TeamSql } from "./database.ts";
import { inOrder } from "./page.ts";

export interface LabelJob {
  readonly id: string;
  readonly datasetId: string;
  readonly schemaId: string;
  readonly kind: LabelJobKind;
  readonly request: LabelRequest;
  readonly state: RunState;
  /** Items, or pairs of masks. */
  readonly total: number;
  readonly done: number;
  /** Once it has made one. */
  readonly labelVersionId: string | null;
  readonly error: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

const columns = [
  "id",
  "dataset_id",
  "schema_id",
  "kind",
  "request",
  "state",
  "total",
  "done",
  "label_version_id",
  "error",
  "created_by",
  "created_at",
  "finished_at",
] as const;

/** Queued for a worker. What waits or runs already with the same request is not queued twice. */
export async function createLabelJob(
  sql: TeamSql,
  teamId: string,
  job: { datasetId: string; schemaId: string; request: LabelRequest; createdBy: string },
): Promise<LabelJob> {
  const { datasetId, schemaId, request, createdBy } = job;
  await holdDataset(sql, teamId, datasetId);
  const [same] = await sql<LabelJob[]>`
    select ${sql(columns)} from label_jobs
    where team_id = ${teamId} and dataset_id = ${datasetId} and schema_id = ${schemaId} and state in ('queued', 'running')
      and request = ${sql.json(request as never)}`;
  if (same) return same;
  const [row] = await sql<[LabelJob]>`
    insert into label_jobs (team_id, dataset_id, schema_id, kind, request, created_by)
    values (${teamId}, ${datasetId}, ${schemaId}, ${request.kind}, ${sql.json(request as never)}, ${createdBy})
    returning ${sql(columns)}`;
  return row;
}

/**
 * As `createLabelJob`, but a job with the same request that has made its version will do. It is held until the transaction ends, so
 * that whoever ends it meanwhile sees what was made to wait for it.
 */
export async function ensureLabelJob(
  sql: TeamSql,
  teamId: string,
  job: { datasetId: string; schemaId: string; request: LabelRequest; createdBy: string },
): Promise<LabelJob> {
  const { datasetId, schemaId, request } = job;
  await holdDataset(sql, teamId, datasetId);
  const [known] = await sql<LabelJob[]>`
    select ${sql(columns)} from label_jobs
    where team_id = ${teamId} and dataset_id = ${datasetId} and schema_id = ${schemaId}
      and state in ('queued', 'running', 'succeeded') and request = ${sql.json(request as never)}
    order by created_at desc, id limit 1 for share`;
  return known ?? createLabelJob(sql, teamId, job);
}

/** Puts those who queue jobs of one dataset in a line. @throws DomainError NOT_FOUND */
async function holdDataset(sql: TeamSql, teamId: string, datasetId: string): Promise<void> {
  // no key update: whoever makes a row that refers to the dataset need not wait
  const [dataset] = await sql`select from datasets where team_id = ${teamId} and id = ${datasetId} for no key update`;
  if (!dataset) throw new DomainError("NOT_FOUND", `No dataset ${datasetId} in this team.`, { datasetId });
}

export async function labelJobsByIds(
  sql: TeamSql,
  teamId: string,
  ids: readonly string[],
): Promise<(LabelJob | null)[]> {
  const rows = await sql<LabelJob[]>`
    select ${sql(columns)} from label_jobs where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}

/** Of several datasets, newest first: those under way, and the newest that have ended. */
export function labelJobsOf(sql: TeamSql, teamId: string, datasetIds: readonly string[]): Promise<LabelJob[]> {
  return sql<LabelJob[]>`
    select ${sql(columns)} from (
      select j.*, row_number() over (partition by dataset_id order by created_at desc, id) as place
      from label_jobs j where team_id = ${teamId} and dataset_id = any(${datasetIds as string[]}::uuid[])) newest
    where place <= 20 or state in ('queued', 'running')
    order by dataset_id, created_at desc, id`;
}

/** A worker that has it stops at its next heartbeat; nothing of it is frozen. @throws DomainError NOT_FOUND, CONFLICT */
export async function cancelLabelJob(sql: TeamSql, teamId: string, id: string): Promise<LabelJob> {
  const [row] = await sql<LabelJob[]>`
    update label_jobs set state = 'cancelled', worker_id = null, lease_until = null, finished_at = clock_timestamp()
    where team_id = ${teamId} and id = ${id} and state in ('queued', 'running')
    returning ${sql(columns)}`;
  if (row) return row;
  const [there] = await labelJobsByIds(sql, teamId, [id]);
  if (!there) throw new DomainError("NOT_FOUND", `No label job ${id} in this team.`, { id });
  throw new DomainError("CONFLICT", `This has ${there.state} already; there is nothing to cancel.`, { id });
}
