/** @file Label schemas: the classes that labels speak of. */
import type { TeamSql } from "./database.ts";
import { inOrder } from "./page.ts";

export type Task = "segmentation" | "classification";

export interface LabelSchema {
  readonly id: string;
  readonly datasetId: string;
  readonly task: Task;
  readonly classes: readonly string[];
  readonly createdAt: Date;
}

/** The dataset's schema of this task and these classes in this order, made where there is none. */
export async function ensureSchema(
  sql: TeamSql,
  teamId: string,
  { datasetId, task, classes }: { datasetId: string; task: Task; classes: readonly string[] },
): Promise<LabelSchema> {
  const list = classes as string[];
  await sql`
    insert into label_schemas (team_id, dataset_id, task, classes) values (${teamId}, ${datasetId}, ${task}, ${list}::text[])
    on conflict do nothing`;
  const [row] = await sql<[LabelSchema]>`
    select id, dataset_id, task, classes, created_at from label_schemas
    where team_id = ${teamId} and dataset_id = ${datasetId} and task = ${task} and classes = ${list}::text[]`;
  return row;
}

export async function schemasByIds(
  sql: TeamSql,
  teamId: string,
  ids: readonly string[],
): Promise<(LabelSchema | null)[]> {
  const rows = await sql<LabelSchema[]>`
    select id, dataset_id, task, classes, created_at from label_schemas
    where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}
