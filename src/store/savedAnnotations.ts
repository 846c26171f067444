/** @file What a member says about an item: a new row each time, naming the one that it corrects. Never an update. */
import type { ClassValues } from "@tessera/domain/classValues";
import { DomainError } from "@tessera/domain/errors";
import { adjudicationReader, adjudicates as isAdjudication } from "@tessera/domain/review/words";
import { type Annotation, insertAnnotations } from "./annotations.ts";
import type { TeamSql } from "./database.ts";
import { readerOf } from "./readers.ts";
import { addReviewEvents } from "./reviewEvents.ts";
import { holdReviewTask } from "./reviewTurns.ts";

/** Whose opinion on what. */
export interface Saying {
  readonly userId: string;
  readonly schemaId: string;
  readonly itemId: string;
  /** Null: of their own accord. */
  readonly taskId: string | null;
}

/**
 * Whether it is an opinion of their own, or one that decides between others'.
 * @throws DomainError NOT_FOUND; CONFLICT where the task is not theirs; BAD_INPUT where it is of another item or schema
 */
export async function checkSaying(sql: TeamSql, teamId: string, saying: Saying): Promise<{ adjudicates: boolean }> {
  const { taskId, userId, schemaId, itemId } = saying;
  const [row] = await sql<{ kind: string }[]>`
    select i.kind from items i join label_schemas s on s.team_id = i.team_id and s.dataset_id = i.dataset_id and s.id = ${schemaId}
    where i.team_id = ${teamId} and i.id = ${itemId}`;
  if (!row) {
    throw new DomainError("NOT_FOUND", `No item ${itemId} in the dataset of label schema ${schemaId}.`, { itemId });
  }
  if (taskId === null) return { adjudicates: false };
  const task = await holdReviewTask(sql, teamId, taskId, userId);
  if (task.schemaId === schemaId && task.itemId === itemId) return { adjudicates: isAdjudication(task.purpose) };
  throw new DomainError("BAD_INPUT", "taskId: this task is of another item or other labels; save what it asks for", {
    field: "taskId",
  });
}

export interface Said extends Saying {
  readonly adjudicates: boolean;
  readonly maskSha256: string | null;
  readonly classValues: ClassValues | null;
  readonly regionPixels: readonly number[];
  readonly components: readonly number[];
}

/** The annotation, and the task done. */
export async function insertSaid(sql: TeamSql, teamId: string, said: Said): Promise<Annotation> {
  const { userId, schemaId, itemId, taskId, adjudicates, ...label } = said;
  const reader = adjudicates ? adjudicationReader : await readerOf(sql, teamId, userId);
  // two at once of one reader would both correct the same row
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${schemaId} ${itemId} ${reader}`}, 0))`;
  const [before] = await sql<{ id: string }[]>`
    select id from annotations
    where team_id = ${teamId} and schema_id = ${schemaId} and item_id = ${itemId} and reader = ${reader} and made_by is null
      and ${adjudicates ? sql`adjudicates` : sql`user_id = ${userId} and not adjudicates`}
    order by created_at desc, id desc limit 1`;
  const row = { itemId, schemaId, reader, userId, adjudicates, corrects: before?.id ?? null, boxes: null, ...label };
  const [annotation] = await insertAnnotations(sql, teamId, [row]);
  if (taskId !== null) {
    await sql`
      update review_tasks set state = 'done', annotation_id = ${annotation!.id}, reason = null, lease_until = null,
        finished_at = clock_timestamp()
      where team_id = ${teamId} and id = ${taskId}`;
    await addReviewEvents(sql, teamId, [taskId], { kind: "saved", userId, annotationId: annotation!.id });
  }
  return annotation!;
}

/** @throws DomainError as checkSaying; BAD_INPUT where the values do not fit the schema */
export async function saveClasses(
  sql: TeamSql,
  teamId: string,
  { classValues, ...saying }: Saying & { classValues: ClassValues },
): Promise<Annotation> {
  const { adjudicates } = await checkSaying(sql, teamId, saying);
  const label = { maskSha256: null, classValues, regionPixels: [], components: [] };
  return insertSaid(sql, teamId, { ...saying, adjudicates, ...label });
}
