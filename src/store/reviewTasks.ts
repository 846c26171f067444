/** @file The review queue: items that somebody is to look at, for what, and what became of it. */
import { DomainError } from "@tessera/domain/errors";
import { mostTasks, type ReviewPurpose, type ReviewState } from "@tessera/domain/review/words";
import type { TeamSql } from "./database.ts";
import { schemasByIds } from "./labelSchemas.ts";
import { decodeCursor, inOrder, type Page, type PageOf, pageOf, pageSize } from "./page.ts";
import { addReviewEvents } from "./reviewEvents.ts";

export interface ReviewTask {
  readonly id: string;
  readonly schemaId: string;
  readonly itemId: string;
  readonly purpose: ReviewPurpose;
  /** The highest first. */
  readonly priority: number;
  /** Why it is to be looked at. */
  readonly note: string;
  /** This member alone; null: whoever takes it next. */
  readonly assignedTo: string | null;
  readonly state: ReviewState;
  /** Open: who has taken it. Else who ended it. */
  readonly holder: string | null;
  readonly leaseUntil: Date | null;
  /** What came of it. */
  readonly annotationId: string | null;
  /** Why it was skipped, or the drawn mask refused. */
  readonly reason: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export const taskColumns = [
  "id",
  "schema_id",
  "item_id",
  "purpose",
  "priority",
  "note",
  "assigned_to",
  "state",
  "holder",
  "lease_until",
  "annotation_id",
  "reason",
  "created_by",
  "created_at",
  "finished_at",
] as const;

export interface TaskItem {
  readonly itemId: string;
  readonly priority: number;
  readonly note: string;
}

/**
 * In turn to each of `assignTo`, or to whoever takes them. An item that waits for the same already is not asked for twice.
 * @returns the new tasks' ids
 * @throws DomainError NOT_FOUND for the schema; BAD_INPUT for an item that is not an image of its dataset, a member of no such role, or too many
 */
export async function createReviewTasks(
  sql: TeamSql,
  teamId: string,
  given: { schemaId: string; purpose: ReviewPurpose; items: readonly TaskItem[]; assignTo: readonly string[]; createdBy: string }, // biome-ignore format: one line
): Promise<string[]> {
  const { schemaId, purpose, items, assignTo, createdBy } = given;
  const [schema] = await schemasByIds(sql, teamId, [schemaId]);
  if (!schema) throw new DomainError("NOT_FOUND", `No label schema ${schemaId} in this team.`, { schemaId });
  if (items.length > mostTasks) {
    throw bad("items", `expected at most ${mostTasks} items at once, got ${items.length}; give a limit`);
  }
  await checkAssignees(sql, teamId, assignTo);
  const rows = items.map((item, place) => ({
    ...item,
    assignedTo: assignTo.length === 0 ? null : assignTo[place % assignTo.length],
  }));
  const [known] = await sql<[{ count: number }]>`
    select count(distinct i.id) from items i join jsonb_to_recordset(${sql.json(rows as never)}) as r ("itemId" uuid) on r."itemId" = i.id
    where i.team_id = ${teamId} and i.dataset_id = ${schema.datasetId} and i.kind = 'image'`;
  if (known.count < new Set(items.map(({ itemId }) => itemId)).size) {
    throw bad("items", "expected images of the label schema's dataset; some are not (bags of tiles cannot be shown)");
  }
  const made = await sql<{ id: string }[]>`
    insert into review_tasks (team_id, schema_id, item_id, purpose, priority, note, assigned_to, created_by)
    select ${teamId}, ${schemaId}, r."itemId", ${purpose}, r.priority, r.note, r."assignedTo", ${createdBy}
    from jsonb_to_recordset(${sql.json(rows as never)}) as r ("itemId" uuid, priority float8, note text, "assignedTo" uuid)
    on conflict do nothing returning id`;
  const ids = made.map(({ id }) => id);
  await addReviewEvents(sql, teamId, ids, { kind: "created", userId: createdBy });
  return ids;
}

/** @throws DomainError BAD_INPUT: somebody who is no member, or may not annotate */
export async function checkAssignees(sql: TeamSql, teamId: string, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return;
  const able = await sql<{ userId: string }[]>`
    select user_id from members where team_id = ${teamId} and user_id = any(${userIds as string[]}::uuid[]) and role <> 'viewer'`;
  const ids = new Set(able.map(({ userId }) => userId));
  const others = userIds.filter((id) => !ids.has(id));
  if (others.length > 0) {
    throw bad("assignTo", `expected members of the role annotator or above; ${others.join(", ")} is none`);
  }
}

export async function reviewTasksByIds(
  sql: TeamSql,
  teamId: string,
  ids: readonly string[],
): Promise<(ReviewTask | null)[]> {
  const rows = await sql<ReviewTask[]>`
    select ${sql(taskColumns)} from review_tasks where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}

/** In the order in which they are taken: the highest priority first, then the oldest. */
export async function listReviewTasks(
  sql: TeamSql,
  teamId: string,
  { datasetId, page, schemaId = null, purpose = null, state = null, userId = null }: {
    datasetId: string;
    page: Page;
    schemaId?: string | null;
    purpose?: ReviewPurpose | null;
    state?: ReviewState | null;
    /** Assigned to, taken or ended by this member. */
    userId?: string | null;
  }, // biome-ignore format: as a list
): Promise<PageOf<ReviewTask>> {
  const size = pageSize(page.first);
  const after = decodeCursor(page.after, 2);
  const chosen = sql`
    from review_tasks t
    where t.team_id = ${teamId}
      and t.schema_id in (select s.id from label_schemas s where s.team_id = ${teamId} and s.dataset_id = ${datasetId})
      ${schemaId === null ? sql`` : sql`and t.schema_id = ${schemaId}`}
      ${purpose === null ? sql`` : sql`and t.purpose = ${purpose}`}
      ${state === null ? sql`` : sql`and t.state = ${state}`}
      ${userId === null ? sql`` : sql`and (t.assigned_to = ${userId} or t.holder = ${userId})`}`;
  const rows = await sql<ReviewTask[]>`
    select ${sql(taskColumns)} ${chosen}
      ${after ? sql`and (-t.priority, t.id) > (${after[0]!}::float8, ${after[1]!}::uuid)` : sql``}
    order by -t.priority, t.id limit ${size + 1}`;
  const [total] = await sql<[{ count: number }]>`select count(*) ${chosen}`;
  return pageOf(rows, size, total.count, (row) => [String(-row.priority), row.id]);
}

const bad = (field: string, message: string) => new DomainError("BAD_INPUT", `${field}: ${message}`, { field });
