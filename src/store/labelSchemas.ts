/** @file Label schemas: the classes that labels speak of. */
import { DomainError } from "@tessera/domain/errors";
import type { TeamSql } from "./database.ts";
import { inOrder } from "./page.ts";

export type Task = "segmentation" | "classification";

export interface LabelSchema {
  readonly id: string;
  readonly datasetId: string;
  readonly task: Task;
  readonly classes: readonly string[];
  /** Of classification: true where an item has exactly one class, false where it may have any number. Null: segmentation. */
  readonly exclusive: boolean | null;
  readonly createdAt: Date;
}

export type SchemaKind = Pick<LabelSchema, "task" | "classes" | "exclusive">;

/**
 * The dataset's schema of this task and these classes in this order, made where there is none.
 * @throws DomainError BAD_INPUT where `exclusive` does not fit the task, or leaves an item no choice
 */
export async function ensureSchema(
  sql: TeamSql,
  teamId: string,
  {
    datasetId,
    task,
    classes,
    exclusive = null,
  }: Omit<SchemaKind, "exclusive"> & { datasetId: string; exclusive?: boolean | null },
): Promise<LabelSchema> {
  if ((task === "classification") !== (exclusive !== null)) {
    throw new DomainError(
      "BAD_INPUT",
      `Expected "exclusive" for classification and only there, got ${exclusive} for ${task}.`,
    );
  }
  if (exclusive && classes.length < 2) {
    throw new DomainError(
      "BAD_INPUT",
      `Expected at least two classes of which an item has one, got ${classes.length}; add the other class.`,
    );
  }
  const list = classes as string[];
  await sql`
    insert into label_schemas (team_id, dataset_id, task, classes, exclusive)
    values (${teamId}, ${datasetId}, ${task}, ${list}::text[], ${exclusive})
    on conflict do nothing`;
  const [row] = await sql<[LabelSchema]>`
    select id, dataset_id, task, classes, exclusive, created_at from label_schemas
    where team_id = ${teamId} and dataset_id = ${datasetId} and task = ${task} and classes = ${list}::text[]
      and exclusive is not distinct from ${exclusive}`;
  return row;
}

/** Of several datasets, oldest first. */
export function schemasOf(sql: TeamSql, teamId: string, datasetIds: readonly string[]): Promise<LabelSchema[]> {
  return sql<LabelSchema[]>`
    select id, dataset_id, task, classes, exclusive, created_at from label_schemas
    where team_id = ${teamId} and dataset_id = any(${datasetIds as string[]}::uuid[]) order by dataset_id, created_at, id`;
}

export async function schemasByIds(
  sql: TeamSql,
  teamId: string,
  ids: readonly string[],
): Promise<(LabelSchema | null)[]> {
  const rows = await sql<LabelSchema[]>`
    select id, dataset_id, task, classes, exclusive, created_at from label_schemas
    where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}
