/** @file Who has which task of the review queue: taking, giving back, skipping, and doing it over. */
import { DomainError } from "@tessera/domain/errors";
import { mostTaken, type ReviewPurpose, taskLeaseSeconds } from "@tessera/domain/review/words";
import type { TeamSql } from "./database.ts";
import { addReviewEvents } from "./reviewEvents.ts";
import { checkAssignees, type ReviewTask, taskColumns } from "./reviewTasks.ts";

export interface Turn {
  readonly userId: string;
  readonly schemaId: string;
  readonly purpose: ReviewPurpose;
}

/**
 * Up to `count` tasks for this member: those that they hold already, then the next ones. Nobody else gets them before the lease ends; asking
 * again renews it. A blind second read is not for somebody with an opinion on the item, an adjudication or a review that nobody was given not for
 * one of its readers, and what a member has skipped not for them again.
 */
export async function takeReviewTasks(
  sql: TeamSql,
  teamId: string,
  { userId, schemaId, purpose, count }: Turn & { count: number },
): Promise<ReviewTask[]> {
  if (!Number.isInteger(count) || count < 1 || count > mostTaken) {
    throw new DomainError("BAD_INPUT", `count: expected 1 to ${mostTaken}, got ${count}`, { field: "count" });
  }
  const held = await sql<{ id: string }[]>`
    select id from review_tasks
    where team_id = ${teamId} and schema_id = ${schemaId} and purpose = ${purpose} and state = 'open' and holder = ${userId}
      and (assigned_to is null or assigned_to = ${userId})
    order by priority desc, id limit ${count} for update`;
  const said = sql`exists (
    select from annotations a
    where a.team_id = t.team_id and a.schema_id = t.schema_id and a.item_id = t.item_id and a.user_id = ${userId} and not a.adjudicates)`;
  const next = await sql<{ id: string }[]>`
    select t.id from review_tasks t
    where t.team_id = ${teamId} and t.schema_id = ${schemaId} and t.purpose = ${purpose} and t.state = 'open'
      and t.holder is distinct from ${userId} and (t.holder is null or t.lease_until < clock_timestamp())
      and (t.assigned_to = ${userId} or t.assigned_to is null
        and not exists (select from review_events e where e.team_id = t.team_id and e.task_id = t.id and e.user_id = ${userId} and e.kind = 'skipped')
        ${purpose === "firstRead" ? sql`` : sql`and not ${said}`})
    order by (t.assigned_to is not null) desc, t.priority desc, t.id
    limit ${count - held.length} for update skip locked`;
  const ids = [...held, ...next].map(({ id }) => id);
  const rows = await sql<ReviewTask[]>`
    update review_tasks set holder = ${userId}, lease_until = clock_timestamp() + make_interval(secs => ${taskLeaseSeconds})
    where team_id = ${teamId} and id = any(${ids}::uuid[]) returning ${sql(taskColumns)}`;
  await addReviewEvents(sql, teamId, next.map(({ id }) => id), { kind: "taken", userId }); // biome-ignore format: one line
  const place = new Map(ids.map((id, at) => [id, at]));
  return rows.toSorted((a, b) => place.get(a.id)! - place.get(b.id)!);
}

/** The task, locked, as long as it is open and this member's. @throws DomainError NOT_FOUND, CONFLICT */
export async function holdReviewTask(sql: TeamSql, teamId: string, id: string, userId: string): Promise<ReviewTask> {
  const task = await lockTask(sql, teamId, id);
  if (task.state !== "open") throw new DomainError("CONFLICT", `This task is ${task.state} already; take the next one`, { id }); // biome-ignore format: one line
  if (task.holder !== userId) {
    throw new DomainError("CONFLICT", "Somebody else has this task now, or nobody has taken it; take the next one", {
      id,
    });
  }
  return task;
}

/** Back to whoever takes it next. */
export async function giveBackReviewTasks(
  sql: TeamSql,
  teamId: string,
  { ids, userId }: { ids: readonly string[]; userId: string },
): Promise<number> {
  const rows = await sql<{ id: string }[]>`
    update review_tasks set holder = null, lease_until = null
    where team_id = ${teamId} and id = any(${ids as string[]}::uuid[]) and state = 'open' and holder = ${userId} returning id`;
  await addReviewEvents(sql, teamId, rows.map(({ id }) => id), { kind: "givenBack", userId }); // biome-ignore format: one line
  return rows.length;
}

/** @throws DomainError as holdReviewTask; BAD_INPUT without a reason */
export async function skipReviewTask(
  sql: TeamSql,
  teamId: string,
  { id, userId, reason }: { id: string; userId: string; reason: string },
): Promise<ReviewTask> {
  const why = reason.trim();
  if (why.length < 1 || why.length > 500) {
    throw new DomainError("BAD_INPUT", `reason: expected 1 to 500 characters, got ${why.length}; say why`, {
      field: "reason",
    });
  }
  await holdReviewTask(sql, teamId, id, userId);
  const [row] = await sql<[ReviewTask]>`
    update review_tasks set state = 'skipped', reason = ${why}, lease_until = null, finished_at = clock_timestamp()
    where team_id = ${teamId} and id = ${id} returning ${sql(taskColumns)}`;
  await addReviewEvents(sql, teamId, [id], { kind: "skipped", userId, detail: why });
  return row;
}

/**
 * What was done or skipped is open again, in the same hands: what they say next is a new annotation that names the one before. A blind second
 * read only as long as its reader is blind to the item still; after that it can be opened for others alone.
 * @param anyones may reopen what another member ended: it is then open to whoever takes it
 * @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT
 */
export async function reopenReviewTask(
  sql: TeamSql,
  teamId: string,
  { id, userId, anyones }: { id: string; userId: string; anyones: boolean },
): Promise<ReviewTask> {
  const task = await lockTask(sql, teamId, id);
  if (task.state !== "done" && task.state !== "skipped") {
    throw new DomainError("CONFLICT", `Only what is done or skipped is opened again; this is ${task.state}`, { id });
  }
  const seen = await mayHaveSeen(sql, teamId, task);
  const own = task.holder === userId && !seen;
  if (!own && !anyones) {
    if (task.holder === userId) {
      const message =
        "You saved this blind read more than two minutes ago, and may have seen the other opinions since: it stays as it is; ask a researcher for an adjudication";
      throw new DomainError("CONFLICT", message, { id });
    }
    throw new DomainError("FORBIDDEN", "Another member ended this; ask a researcher to open it again", { id });
  }
  const holder = own ? userId : null;
  const rows = await sql<ReviewTask[]>`
    update review_tasks set state = 'open', reason = null, finished_at = null, holder = ${holder},
      assigned_to = case when ${seen} and assigned_to = ${task.holder} then null else assigned_to end,
      lease_until = case when ${own} then clock_timestamp() + make_interval(secs => ${taskLeaseSeconds}) end
    where team_id = ${teamId} and id = ${id} and not exists (
      select from review_tasks o
      where o.team_id = ${teamId} and o.schema_id = ${task.schemaId} and o.item_id = ${task.itemId} and o.purpose = ${task.purpose}
        and o.state in ('open', 'checking'))
    returning ${sql(taskColumns)}`;
  if (!rows[0]) throw new DomainError("CONFLICT", "The same waits in the queue again already; take that one", { id });
  await addReviewEvents(sql, teamId, [id], { kind: "reopened", userId });
  return rows[0];
}

/** Whether the reader of a blind read is one no more: the other opinions are shown to them by now (blind_items). */
async function mayHaveSeen(sql: TeamSql, teamId: string, { id, purpose }: ReviewTask): Promise<boolean> {
  if (purpose !== "blindSecondRead") return false;
  const [row] = await sql<[{ seen: boolean }]>`
    select state = 'done' and finished_at <= now() - blind_undo() as seen from review_tasks where team_id = ${teamId} and id = ${id}`;
  return row.seen;
}

/** To a member, or (null) to whoever takes it; of what is open. @throws DomainError BAD_INPUT */
export async function assignReviewTasks(
  sql: TeamSql,
  teamId: string,
  { ids, to, userId }: { ids: readonly string[]; to: string | null; userId: string },
): Promise<number> {
  if (to !== null) await checkAssignees(sql, teamId, [to]);
  const rows = await sql<{ id: string }[]>`
    update review_tasks set assigned_to = ${to}, holder = case when holder = ${to} then holder end,
      lease_until = case when holder = ${to} then lease_until end
    where team_id = ${teamId} and id = any(${ids as string[]}::uuid[]) and state = 'open' returning id`;
  await addReviewEvents(sql, teamId, rows.map(({ id }) => id), { kind: "assigned", userId, detail: to }); // biome-ignore format: one line
  return rows.length;
}

/** Nobody is to look at them any more; of what is open or skipped. Who skipped a blind read is then blind to it no longer. */
export async function withdrawReviewTasks(
  sql: TeamSql,
  teamId: string,
  { ids, userId }: { ids: readonly string[]; userId: string },
): Promise<number> {
  const rows = await sql<{ id: string }[]>`
    update review_tasks set state = 'withdrawn', lease_until = null, finished_at = clock_timestamp()
    where team_id = ${teamId} and id = any(${ids as string[]}::uuid[]) and state in ('open', 'skipped') returning id`;
  await addReviewEvents(sql, teamId, rows.map(({ id }) => id), { kind: "withdrawn", userId }); // biome-ignore format: one line
  return rows.length;
}

async function lockTask(sql: TeamSql, teamId: string, id: string): Promise<ReviewTask> {
  const [task] = await sql<ReviewTask[]>`
    select ${sql(taskColumns)} from review_tasks where team_id = ${teamId} and id = ${id} for update`;
  if (!task) throw new DomainError("NOT_FOUND", `No task ${id} in this team.`, { id });
  return task;
}
