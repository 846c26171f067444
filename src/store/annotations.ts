/** @file Annotations: one reader's opinion on one item. Never overwritten. */
import { randomUUID } from "node:crypto";
import type { ClassValues } from "@tessera/domain/classValues";
import { DomainError } from "@tessera/domain/errors";
import type { ReaderKind } from "@tessera/domain/labels/request";
import type { TeamSql } from "./database.ts";
import { type LabelSchema, schemasByIds } from "./labelSchemas.ts";
import { inOrder } from "./page.ts";

export interface Box {
  readonly label: string;
  readonly xmin: number;
  readonly ymin: number;
  readonly xmax: number;
  readonly ymax: number;
}

export interface NewAnnotation {
  readonly itemId: string;
  readonly schemaId: string;
  readonly reader: string;
  /** Absent: a person. */
  readonly readerKind?: ReaderKind;
  /** The label job whose rule made it; absent or null: a reader's own opinion. */
  readonly madeBy?: string | null;
  /** The member who says so; absent or null: imported, or made by a rule. */
  readonly userId?: string | null;
  /** The same reader's opinion that this one takes the place of. */
  readonly corrects?: string | null;
  /** Said by somebody who saw the other opinions. */
  readonly adjudicates?: boolean;
  /** PNG, 8-bit grey: an index map, of one class 0 and 255. Of segmentation only: null where there are class values. */
  readonly maskSha256: string | null;
  /** Of classification only. Read as JSON: the driver makes NaN of an array's null. */
  readonly classValues?: ClassValues | null;
  /** Per class, at the origin's size; empty without a mask. */
  readonly regionPixels: readonly number[];
  readonly components: readonly number[];
  /** As the source gave them. */
  readonly boxes: readonly Box[] | null;
}

export interface Annotation extends NewAnnotation {
  readonly classValues: ClassValues | null;
  readonly readerKind: ReaderKind;
  readonly madeBy: string | null;
  readonly userId: string | null;
  readonly corrects: string | null;
  readonly adjudicates: boolean;
  readonly id: string;
  readonly createdAt: Date;
}

/**
 * In one statement, in the order given.
 * @throws DomainError BAD_INPUT where a label is not of the kind that its schema's task has, or does not fit its classes
 */
export async function insertAnnotations(
  sql: TeamSql,
  teamId: string,
  rows: readonly NewAnnotation[],
): Promise<Annotation[]> {
  if (rows.length === 0) return [];
  await checkKinds(sql, teamId, rows);
  const named = rows.map((row) => ({ ...row, id: randomUUID() }));
  const inserted = await sql<Annotation[]>`
    insert into annotations
      (team_id, id, item_id, schema_id, reader, reader_kind, made_by, user_id, corrects, adjudicates, mask_sha256, class_values, region_pixels, components, boxes)
    select ${teamId}, r.id, r."itemId", r."schemaId", r.reader, coalesce(r."readerKind", 'person'), r."madeBy", r."userId", r.corrects,
      coalesce(r.adjudicates, false), r."maskSha256", r."classValues", r."regionPixels", r.components, nullif(r.boxes, 'null'::jsonb)
    from jsonb_to_recordset(${sql.json(named as never)}) as r (
      id uuid, "itemId" uuid, "schemaId" uuid, reader text, "readerKind" text, "madeBy" uuid, "userId" uuid, corrects uuid,
      adjudicates boolean, "maskSha256" text, "classValues" smallint[],
      "regionPixels" bigint[], components integer[], boxes jsonb)
    returning id, item_id, schema_id, reader, reader_kind, made_by, user_id, corrects, adjudicates, mask_sha256, to_jsonb(class_values) as class_values, region_pixels, components,
      boxes, created_at`;
  return inOrder(
    named.map((row) => row.id),
    inserted,
    (row) => row.id,
  ) as Annotation[];
}

async function checkKinds(sql: TeamSql, teamId: string, rows: readonly NewAnnotation[]): Promise<void> {
  const ids = [...new Set(rows.map(({ schemaId }) => schemaId))];
  const schemas = new Map((await schemasByIds(sql, teamId, ids)).map((schema, index) => [ids[index]!, schema]));
  for (const row of rows) {
    const schema = schemas.get(row.schemaId);
    if (!schema)
      throw new DomainError("NOT_FOUND", `No label schema ${row.schemaId} in this team.`, { schemaId: row.schemaId });
    const problem = schema.task === "segmentation" ? maskProblem(row) : valuesProblem(row, schema);
    if (problem) throw new DomainError("BAD_INPUT", `${problem} (item ${row.itemId}).`, { itemId: row.itemId });
  }
  await checkReaders(sql, teamId, rows);
}

/** What is imported under a member's name would take the place of what they said. */
async function checkReaders(sql: TeamSql, teamId: string, rows: readonly NewAnnotation[]): Promise<void> {
  const imported = rows.filter(({ userId = null, madeBy = null }) => userId === null && madeBy === null);
  const names = [...new Set(imported.map(({ reader }) => reader))];
  if (names.length === 0) return;
  const [taken] = await sql<{ name: string }[]>`
    select name from readers where team_id = ${teamId} and name = any(${names}) limit 1`;
  if (!taken) return;
  const message = `reader: ${taken.name} is a member of this team, who annotates under that name; import under another`;
  throw new DomainError("BAD_INPUT", message, { field: "reader" });
}

const maskProblem = ({ maskSha256, classValues = null }: NewAnnotation): string | null =>
  maskSha256 === null || classValues !== null
    ? "Expected a mask and no class values for a label of segmentation"
    : null;

function valuesProblem(
  { maskSha256, classValues = null }: NewAnnotation,
  { classes, exclusive }: LabelSchema,
): string | null {
  if (maskSha256 !== null || classValues === null)
    return "Expected class values and no mask for a label of classification";
  const got = JSON.stringify(classValues);
  if (classValues.length !== classes.length)
    return `Expected a value for each of ${classes.length} classes, got ${got}`;
  if (classValues.every((value) => value === null)) return `Expected a value for at least one class, got ${got}`;
  const present = classValues.filter((value) => value === 1).length;
  if (exclusive && (present !== 1 || classValues.includes(null))) return `Expected exactly one class, got ${got}`;
  return null;
}

/** All opinions on each item, oldest first; one list per item asked. */
export async function annotationsByItems(
  sql: TeamSql,
  teamId: string,
  itemIds: readonly string[],
): Promise<Annotation[][]> {
  const rows = await sql<Annotation[]>`
    select id, item_id, schema_id, reader, reader_kind, made_by, user_id, corrects, adjudicates, mask_sha256, to_jsonb(class_values) as class_values, region_pixels, components,
      boxes, created_at
    from annotations where team_id = ${teamId} and item_id = any(${itemIds as string[]}::uuid[])
    order by created_at, id`;
  const byItem = Map.groupBy(rows, (row) => row.itemId);
  return itemIds.map((id) => byItem.get(id) ?? []);
}

/** One slot per id, in the order asked. */
export async function annotationsByIds(
  sql: TeamSql,
  teamId: string,
  ids: readonly string[],
): Promise<(Annotation | null)[]> {
  const rows = await sql<Annotation[]>`
    select id, item_id, schema_id, reader, reader_kind, made_by, user_id, corrects, adjudicates, mask_sha256, to_jsonb(class_values) as class_values,
      region_pixels, components, boxes, created_at
    from annotations where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}
