/** @file What a member says about an item: a new row each time, naming the one that it corrects. Never an update. */
import type { ClassValues } from "@tessera/domain/classValues";
import { DomainError } from "@tessera/domain/errors";
import { adjudicationReader, adjudicates as isAdjudication } from "@tessera/domain/review/words";
import { type Annotation, insertAnnotations } from "./annotations.ts";
import type { TeamSql } from "./database.ts";
import type { ItemKind } from "./items.ts";
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

export interface CheckedSaying {
  /** Whether it decides between others' opinions, and is none of their own. */
  readonly adjudicates: boolean;
  readonly itemKind: ItemKind;
}

/**
 * @throws DomainError NOT_FOUND; CONFLICT where the task is not theirs, or their own blind read would be changed in sight of others; BAD_INPUT
 * where it is of another item or schema
 */
export async function checkSaying(sql: TeamSql, teamId: string, saying: Saying): Promise<CheckedSaying> {
  const { taskId, userId, schemaId, itemId } = saying;
  const [row] = await sql<{ kind: ItemKind }[]>`
    select i.kind from items i join label_schemas s on s.team_id = i.team_id and s.dataset_id = i.dataset_id and s.id = ${schemaId}
    where i.team_id = ${teamId} and i.id = ${itemId}`;
  if (!row) {
    throw new DomainError("NOT_FOUND", `No item ${itemId} in the dataset of label schema ${schemaId}.`, { itemId });
  }
  if (taskId === null) {
    await refuseAfterBlindRead(sql, teamId, saying);
    return { adjudicates: false, itemKind: row.kind };
  }
  const task = await holdReviewTask(sql, teamId, taskId, userId);
  if (task.schemaId === schemaId && task.itemId === itemId)
    return { adjudicates: isAdjudication(task.purpose), itemKind: row.kind };
  throw new DomainError("BAD_INPUT", "taskId: this task is of another item or other labels; save what it asks for", {
    field: "taskId",
  });
}

/** What was said blind stays what its reader said: a later opinion in its place would count as blind. */
async function refuseAfterBlindRead(sql: TeamSql, teamId: string, { userId, schemaId, itemId }: Saying): Promise<void> {
  const [read] = await sql<{ id: string }[]>`
    select id from review_tasks
    where team_id = ${teamId} and schema_id = ${schemaId} and item_id = ${itemId} and purpose = 'blindSecondRead' and state = 'done'
      and holder = ${userId}
    limit 1`;
  if (!read) return;
  const message =
    "You have read this item blind, and that opinion stays as it was said. Within two minutes its task can be opened again; after that, ask for an adjudication or a review";
  throw new DomainError("CONFLICT", message, { taskId: read.id });
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

/** @throws DomainError as checkSaying; BAD_INPUT where the values do not fit the schema, or the item is a bag */
export async function saveClasses(
  sql: TeamSql,
  teamId: string,
  { classValues, ...saying }: Saying & { classValues: ClassValues },
): Promise<Annotation> {
  const { adjudicates, itemKind } = await checkSaying(sql, teamId, saying);
  if (itemKind === "bag") {
    const message =
      "itemId: expected an image or a slide, got a bag of tiles, which nobody can look at; label the slide that its tiles were cut from, or import a table of classes";
    throw new DomainError("BAD_INPUT", message, { field: "itemId" });
  }
  const label = { maskSha256: null, classValues, regionPixels: [], components: [] };
  return insertSaid(sql, teamId, { ...saying, adjudicates, ...label });
}
