/** @file How far the review queue is, and which items a new part of it would be of. */
import type { ReviewPurpose } from "@tessera/domain/review/words";
import type { TeamSql } from "./database.ts";

export interface QueueProgress {
  readonly datasetId: string;
  readonly schemaId: string;
  readonly purpose: ReviewPurpose;
  readonly open: number;
  readonly checking: number;
  readonly done: number;
  readonly skipped: number;
}

/** Per schema and purpose that has tasks; what was withdrawn is not counted. */
export function reviewProgress(sql: TeamSql, teamId: string, datasetIds: readonly string[]): Promise<QueueProgress[]> {
  return sql<QueueProgress[]>`
    select s.dataset_id, t.schema_id, t.purpose,
      count(*) filter (where t.state = 'open') as open, count(*) filter (where t.state = 'checking') as checking,
      count(*) filter (where t.state = 'done') as done, count(*) filter (where t.state = 'skipped') as skipped
    from review_tasks t join label_schemas s on s.team_id = t.team_id and s.id = t.schema_id
    where t.team_id = ${teamId} and s.dataset_id = any(${datasetIds as string[]}::uuid[]) and t.state <> 'withdrawn'
    group by s.dataset_id, t.schema_id, t.purpose order by s.dataset_id, t.schema_id, t.purpose`;
}

export interface MemberProgress {
  readonly userId: string;
  /** Assigned to them, or taken, and not ended. */
  readonly open: number;
  readonly done: number;
  readonly skipped: number;
  /** Opinions saved within the last hour. */
  readonly lastHour: number;
}

/** Of one schema and purpose, by the most done. */
export function memberProgress(
  sql: TeamSql,
  teamId: string,
  { schemaId, purpose }: { schemaId: string; purpose: ReviewPurpose },
): Promise<MemberProgress[]> {
  return sql<MemberProgress[]>`
    with chosen as (
      select id, state, coalesce(holder, assigned_to) as user_id from review_tasks
      where team_id = ${teamId} and schema_id = ${schemaId} and purpose = ${purpose} and state <> 'withdrawn')
    select c.user_id, count(*) filter (where state in ('open', 'checking')) as open,
      count(*) filter (where state = 'done') as done, count(*) filter (where state = 'skipped') as skipped,
      (select count(*) from review_events e join chosen x on x.id = e.task_id
        where e.team_id = ${teamId} and e.user_id = c.user_id and e.kind in ('saved', 'drawn')
          and e.created_at > clock_timestamp() - interval '1 hour') as last_hour
    from chosen c where c.user_id is not null
    group by c.user_id order by 3 desc, c.user_id`;
}

/** all: every image. unlabelled: those that nobody has an opinion on. readOnce: those that one reader has an opinion on, and no second. */
export type ItemsToRead = "all" | "unlabelled" | "readOnce";

/** By name. */
export async function itemsToRead(
  sql: TeamSql,
  teamId: string,
  { datasetId, schemaId, which, most }: { datasetId: string; schemaId: string; which: ItemsToRead; most: number },
): Promise<string[]> {
  const readers = sql`(
    select count(distinct a.reader) from annotations a
    where a.team_id = i.team_id and a.schema_id = ${schemaId} and a.item_id = i.id and a.made_by is null and not a.adjudicates)`;
  const rows = await sql<{ id: string }[]>`
    select i.id from items i where i.team_id = ${teamId} and i.dataset_id = ${datasetId} and i.kind = 'image'
      ${which === "all" ? sql`` : sql`and ${readers} = ${which === "unlabelled" ? 0 : 1}`}
    order by i.name limit ${most}`;
  return rows.map(({ id }) => id);
}
