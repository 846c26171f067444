/** @file What was done to the tasks of the review queue: who, what, when. Only added to. */
import type { ReviewEventKind } from "@tessera/domain/review/words";
import type { TeamSql } from "./database.ts";
import { decodeCursor, type Page, type PageOf, pageOf, pageSize } from "./page.ts";

export interface ReviewEvent {
  readonly id: number;
  readonly taskId: string;
  /** Null: a worker. */
  readonly userId: string | null;
  readonly kind: ReviewEventKind;
  /** The reason, or what was wrong. */
  readonly detail: string | null;
  readonly annotationId: string | null;
  readonly createdAt: Date;
}

export interface NewReviewEvent {
  readonly kind: ReviewEventKind;
  readonly userId: string | null;
  readonly detail?: string | null;
  readonly annotationId?: string | null;
}

/** The same of each of these tasks. */
export async function addReviewEvents(
  sql: TeamSql,
  teamId: string,
  taskIds: readonly string[],
  { kind, userId, detail = null, annotationId = null }: NewReviewEvent,
): Promise<void> {
  if (taskIds.length === 0) return;
  await sql`
    insert into review_events (team_id, task_id, user_id, kind, detail, annotation_id)
    select ${teamId}, t.id, ${userId}, ${kind}, ${detail}, ${annotationId}
    from unnest(${taskIds as string[]}::uuid[]) as t (id)`;
}

/** By task, oldest first. */
export function reviewEventsOf(sql: TeamSql, teamId: string, taskIds: readonly string[]): Promise<ReviewEvent[]> {
  return sql<ReviewEvent[]>`
    select id, task_id, user_id, kind, detail, annotation_id, created_at from review_events
    where team_id = ${teamId} and task_id = any(${taskIds as string[]}::uuid[]) order by task_id, id`;
}

/** Of a dataset, newest first. */
export async function listReviewEvents(
  sql: TeamSql,
  teamId: string,
  { datasetId, page }: { datasetId: string; page: Page },
): Promise<PageOf<ReviewEvent>> {
  const size = pageSize(page.first);
  const after = decodeCursor(page.after, 1);
  const chosen = sql`
    from review_events e
    join review_tasks t on t.team_id = e.team_id and t.id = e.task_id
    join label_schemas s on s.team_id = t.team_id and s.id = t.schema_id
    where e.team_id = ${teamId} and s.dataset_id = ${datasetId}`;
  const rows = await sql<ReviewEvent[]>`
    select e.id, e.task_id, e.user_id, e.kind, e.detail, e.annotation_id, e.created_at ${chosen}
      ${after ? sql`and e.id < ${after[0]!}::bigint` : sql``}
    order by e.id desc limit ${size + 1}`;
  const [total] = await sql<[{ count: number }]>`select count(*) ${chosen}`;
  return pageOf(rows, size, total.count, (row) => [String(row.id)]);
}
