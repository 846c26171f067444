/** @file Drawn masks on their way to an annotation: stored first, checked and counted by a worker. */
import { DomainError } from "@tessera/domain/errors";
import { blobsBySha } from "./blobs.ts";
import type { TeamSql } from "./database.ts";
import { schemasByIds } from "./labelSchemas.ts";
import { inOrder } from "./page.ts";
import { addReviewEvents } from "./reviewEvents.ts";
import { checkSaying, insertSaid, type Said, type Saying } from "./savedAnnotations.ts";
import { clean } from "./text.ts";

export interface MaskCheck {
  readonly id: string;
  readonly taskId: string | null;
  readonly sha256: string;
  readonly state: "queued" | "running" | "succeeded" | "failed";
  /** Once it is one. */
  readonly annotationId: string | null;
  readonly error: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

const columns = ["id", "task_id", "sha256", "state", "annotation_id", "error", "created_at", "finished_at"] as const;

/**
 * Queued for a worker; the task waits for it.
 * @throws DomainError as checkSaying; BAD_INPUT for a schema of classes, an item that is no image, or a file that was not sent
 */
export async function createMaskCheck(
  sql: TeamSql,
  teamId: string,
  { sha256, ...saying }: Saying & { sha256: string },
): Promise<MaskCheck> {
  const { userId, schemaId, itemId, taskId } = saying;
  const { adjudicates, itemKind } = await checkSaying(sql, teamId, saying);
  if (itemKind !== "image")
    throw bad(`a mask is of an image's pixels, and this item is a ${itemKind}; save none for it`);
  const [schema] = await schemasByIds(sql, teamId, [schemaId]);
  if (schema?.task !== "segmentation") throw bad("expected class values for labels of classification, got a mask");
  const [blob] = await blobsBySha(sql, teamId, [sha256]);
  if (!blob) throw bad("PUT the mask to /files/<sha256> first; it is not there");
  const [row] = await sql<[MaskCheck]>`
    insert into mask_checks (team_id, schema_id, item_id, task_id, sha256, user_id, adjudicates)
    values (${teamId}, ${schemaId}, ${itemId}, ${taskId}, ${sha256}, ${userId}, ${adjudicates})
    returning ${sql(columns)}`;
  if (taskId !== null) {
    await sql`update review_tasks set state = 'checking', reason = null, lease_until = null where team_id = ${teamId} and id = ${taskId}`;
    await addReviewEvents(sql, teamId, [taskId], { kind: "drawn", userId });
  }
  return row;
}

export async function maskChecksByIds(
  sql: TeamSql,
  teamId: string,
  ids: readonly string[],
): Promise<(MaskCheck | null)[]> {
  const rows = await sql<MaskCheck[]>`
    select ${sql(columns)} from mask_checks where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}

export interface ClaimedMaskCheck extends Saying {
  readonly id: string;
  readonly attempt: number;
  readonly sha256: string;
  readonly adjudicates: boolean;
  readonly classes: number;
  readonly itemName: string;
  readonly width: number;
  readonly height: number;
}

const mostAttempts = 5;

/** The oldest that waits, or whose worker was lost; null where there is none. */
export async function claimMaskCheck(
  sql: TeamSql,
  teamId: string,
  leaseSeconds: number,
): Promise<ClaimedMaskCheck | null> {
  const [row] = await sql<(ClaimedMaskCheck & { sha256: string })[]>`
    update mask_checks c set state = 'running', attempt = c.attempt + 1,
      lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    from items i, label_schemas s
    where c.team_id = ${teamId} and i.team_id = c.team_id and i.id = c.item_id and s.team_id = c.team_id and s.id = c.schema_id and c.id = (
      select id from mask_checks
      where team_id = ${teamId} and (state = 'queued' or state = 'running' and lease_until < clock_timestamp())
      order by created_at, id limit 1 for update skip locked)
    returning c.id, c.attempt, c.sha256, c.user_id, c.schema_id, c.item_id, c.task_id, c.adjudicates, cardinality(s.classes) as classes,
      i.name as item_name, i.width, i.height`;
  if (!row || row.attempt <= mostAttempts) return row ?? null;
  await refuseMask(sql, teamId, row, "Five workers were lost over this mask. Look at their logs, then draw it again.");
  return null;
}

/** The annotation, once a decoder has read the mask. Of a check that another attempt has: null, and nothing is written. */
export async function acceptMask(
  sql: TeamSql,
  teamId: string,
  check: ClaimedMaskCheck,
  label: Pick<Said, "maskSha256" | "regionPixels" | "components">,
): Promise<string | null> {
  if (!(await isHeld(sql, teamId, check))) return null;
  const { userId, schemaId, itemId, taskId, adjudicates } = check;
  const said = { userId, schemaId, itemId, taskId, adjudicates, classValues: null, ...label };
  const { id } = await insertSaid(sql, teamId, said);
  await sql`
    update mask_checks set state = 'succeeded', annotation_id = ${id}, lease_until = null, finished_at = clock_timestamp()
    where team_id = ${teamId} and id = ${check.id}`;
  return id;
}

/** The task is open again, in the same hands, with what was wrong. */
export async function refuseMask(sql: TeamSql, teamId: string, check: ClaimedMaskCheck, error: string): Promise<void> {
  if (!(await isHeld(sql, teamId, check))) return;
  const why = clean(error);
  await sql`
    update mask_checks set state = 'failed', error = ${why}, lease_until = null, finished_at = clock_timestamp()
    where team_id = ${teamId} and id = ${check.id}`;
  if (check.taskId === null) return;
  await sql`
    update review_tasks set state = 'open', reason = ${why}, lease_until = clock_timestamp() + interval '1 hour'
    where team_id = ${teamId} and id = ${check.taskId} and state = 'checking'`;
  await addReviewEvents(sql, teamId, [check.taskId], { kind: "refused", userId: null, detail: why });
}

async function isHeld(sql: TeamSql, teamId: string, { id, attempt }: ClaimedMaskCheck): Promise<boolean> {
  const rows = await sql`
    select from mask_checks where team_id = ${teamId} and id = ${id} and attempt = ${attempt} and state = 'running' for update`;
  return rows.length > 0;
}

const bad = (message: string) => new DomainError("BAD_INPUT", `maskSha256: ${message}`, { field: "maskSha256" });
