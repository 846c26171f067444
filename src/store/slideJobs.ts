/** @file Slide jobs: slides that a worker is to cut into tiles, and tiles that it is to make features of; and what it made, by slide. */
import { DomainError } from "@tessera/domain/errors";
import type { SlideJobKind, SlideRequest, TileFacts } from "@tessera/domain/slides/request";
import type { RunState } from "@tessera/domain/words";
import type { TeamSql } from "./database.ts";
import { decodeCursor, inOrder, type Page, type PageOf, pageOf, pageSize } from "./page.ts";

export interface SlideJob {
  readonly id: string;
  readonly datasetId: string;
  readonly kind: SlideJobKind;
  readonly request: SlideRequest;
  readonly state: RunState;
  /** Slides. */
  readonly total: number;
  readonly done: number;
  /** Tiles that were read so far, and the time it took. */
  readonly tiles: number;
  readonly seconds: number;
  /** Of features, once it is there. */
  readonly bagDatasetId: string | null;
  readonly error: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export interface SlideResult {
  readonly jobId: string;
  readonly itemId: string;
  /** Of tiles the manifest, of features the bag; null where the slide has an error. */
  readonly sha256: string | null;
  /** Of tiles: the mask of tissue. */
  readonly overlaySha256: string | null;
  readonly bagItemId: string | null;
  readonly tiles: number;
  readonly seconds: number;
  readonly facts: TileFacts | null;
  readonly error: string | null;
}

const columns = [
  "id",
  "dataset_id",
  "kind",
  "request",
  "state",
  "total",
  "done",
  "tiles",
  "seconds",
  "bag_dataset_id",
  "error",
  "created_by",
  "created_at",
  "finished_at",
] as const;
const resultColumns = [
  "job_id",
  "item_id",
  "sha256",
  "overlay_sha256",
  "bag_item_id",
  "tiles",
  "seconds",
  "facts",
  "error",
] as const;

/** Queued for a worker. What waits or runs already with the same request is not queued twice. */
export async function createSlideJob(
  sql: TeamSql,
  teamId: string,
  job: { datasetId: string; request: SlideRequest; createdBy: string },
): Promise<SlideJob> {
  const { datasetId, request, createdBy } = job;
  const [dataset] = await sql`select from datasets where team_id = ${teamId} and id = ${datasetId} for update`;
  if (!dataset) throw new DomainError("NOT_FOUND", `No dataset ${datasetId} in this team.`, { datasetId });
  const [same] = await sql<SlideJob[]>`
    select ${sql(columns)} from slide_jobs
    where team_id = ${teamId} and dataset_id = ${datasetId} and state in ('queued', 'running')
      and request = ${sql.json(request as never)}`;
  if (same) return same;
  const [row] = await sql<[SlideJob]>`
    insert into slide_jobs (team_id, dataset_id, kind, request, created_by)
    values (${teamId}, ${datasetId}, ${request.kind}, ${sql.json(request as never)}, ${createdBy})
    returning ${sql(columns)}`;
  return row;
}

export async function slideJobsByIds(
  sql: TeamSql,
  teamId: string,
  ids: readonly string[],
): Promise<(SlideJob | null)[]> {
  const rows = await sql<SlideJob[]>`
    select ${sql(columns)} from slide_jobs where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}

/** Of several datasets, newest first: those under way, and the newest that have ended. */
export function slideJobsOf(sql: TeamSql, teamId: string, datasetIds: readonly string[]): Promise<SlideJob[]> {
  return sql<SlideJob[]>`
    select ${sql(columns)} from (
      select j.*, row_number() over (partition by dataset_id order by created_at desc, id) as place
      from slide_jobs j where team_id = ${teamId} and dataset_id = any(${datasetIds as string[]}::uuid[])) newest
    where place <= 20 or state in ('queued', 'running')
    order by dataset_id, created_at desc, id`;
}

/** A worker that has it stops at its next heartbeat; what is done of it stays. @throws DomainError NOT_FOUND, CONFLICT */
export async function cancelSlideJob(sql: TeamSql, teamId: string, id: string): Promise<SlideJob> {
  const [row] = await sql<SlideJob[]>`
    update slide_jobs set state = 'cancelled', worker_id = null, lease_until = null, finished_at = clock_timestamp()
    where team_id = ${teamId} and id = ${id} and state in ('queued', 'running')
    returning ${sql(columns)}`;
  if (row) return row;
  const [there] = await slideJobsByIds(sql, teamId, [id]);
  if (!there) throw new DomainError("NOT_FOUND", `No slide job ${id} in this team.`, { id });
  throw new DomainError("CONFLICT", `This has ${there.state} already; there is nothing to cancel.`, { id });
}

/** Told twice, it changes nothing. */
export async function insertSlideResult(sql: TeamSql, teamId: string, result: SlideResult): Promise<void> {
  const { jobId, itemId, sha256, overlaySha256, bagItemId, tiles, seconds, facts, error } = result;
  await sql`
    insert into slide_results (team_id, job_id, item_id, sha256, overlay_sha256, bag_item_id, tiles, seconds, facts, error)
    values (${teamId}, ${jobId}, ${itemId}, ${sha256}, ${overlaySha256}, ${bagItemId}, ${tiles}, ${seconds},
      ${facts && sql.json(facts as never)}, ${error})
    on conflict do nothing`;
}

/** Of one job, all of them. */
export function allSlideResults(sql: TeamSql, teamId: string, jobId: string): Promise<SlideResult[]> {
  return sql<SlideResult[]>`
    select ${sql(resultColumns)} from slide_results where team_id = ${teamId} and job_id = ${jobId} order by item_id`;
}

/** Of one job, by the name of its slide. */
export async function slideResults(
  sql: TeamSql,
  teamId: string,
  jobId: string,
  page: Page = {},
): Promise<PageOf<SlideResult>> {
  const size = pageSize(page.first);
  const after = decodeCursor(page.after, 1);
  const rows = await sql<(SlideResult & { name: string })[]>`
    select ${sql(resultColumns.map((column) => `r.${column}`))}, i.name
    from slide_results r join items i on i.team_id = r.team_id and i.id = r.item_id
    where r.team_id = ${teamId} and r.job_id = ${jobId} ${after ? sql`and i.name > ${after[0]!}` : sql``}
    order by i.name limit ${size + 1}`;
  const [total] = await sql<[{ count: number }]>`
    select count(*) from slide_results where team_id = ${teamId} and job_id = ${jobId}`;
  return pageOf(rows, size, total.count, (row) => [row.name]);
}

/** Of several slides, that of the newest job first. */
export function slideResultsOfItems(sql: TeamSql, teamId: string, itemIds: readonly string[]): Promise<SlideResult[]> {
  return sql<SlideResult[]>`
    select ${sql(resultColumns.map((column) => `r.${column}`))}
    from slide_results r join slide_jobs j on j.team_id = r.team_id and j.id = r.job_id
    where r.team_id = ${teamId} and r.item_id = any(${itemIds as string[]}::uuid[])
    order by j.created_at desc, r.job_id`;
}

/** Of features: where its bags go. Set once. */
export async function keepBagDataset(sql: TeamSql, teamId: string, id: string, bagDatasetId: string): Promise<void> {
  await sql`
    update slide_jobs set bag_dataset_id = ${bagDatasetId}
    where team_id = ${teamId} and id = ${id} and bag_dataset_id is null`;
}
