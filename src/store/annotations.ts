/** @file Annotations: one reader's opinion on one item. Never overwritten. */
import { randomUUID } from "node:crypto";
import type { TeamSql } from "./database.ts";
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
  /** PNG, 8-bit grey: 0 background, 255 foreground. */
  readonly maskSha256: string;
  /** Per class, at the origin's size. */
  readonly regionPixels: readonly number[];
  readonly components: readonly number[];
  /** As the source gave them. */
  readonly boxes: readonly Box[] | null;
}

export interface Annotation extends NewAnnotation {
  readonly id: string;
  readonly createdAt: Date;
}

/** In one statement, in the order given. */
export async function insertAnnotations(
  sql: TeamSql,
  teamId: string,
  rows: readonly NewAnnotation[],
): Promise<Annotation[]> {
  if (rows.length === 0) return [];
  const named = rows.map((row) => ({ ...row, id: randomUUID() }));
  const inserted = await sql<Annotation[]>`
    insert into annotations (team_id, id, item_id, schema_id, reader, mask_sha256, region_pixels, components, boxes)
    select ${teamId}, r.id, r."itemId", r."schemaId", r.reader, r."maskSha256", r."regionPixels", r.components,
      nullif(r.boxes, 'null'::jsonb)
    from jsonb_to_recordset(${sql.json(named as never)}) as r (
      id uuid, "itemId" uuid, "schemaId" uuid, reader text, "maskSha256" text, "regionPixels" bigint[],
      components integer[], boxes jsonb)
    returning id, item_id, schema_id, reader, mask_sha256, region_pixels, components, boxes, created_at`;
  return inOrder(
    named.map((row) => row.id),
    inserted,
    (row) => row.id,
  ) as Annotation[];
}

/** All opinions on each item, oldest first; one list per item asked. */
export async function annotationsByItems(
  sql: TeamSql,
  teamId: string,
  itemIds: readonly string[],
): Promise<Annotation[][]> {
  const rows = await sql<Annotation[]>`
    select id, item_id, schema_id, reader, mask_sha256, region_pixels, components, boxes, created_at
    from annotations where team_id = ${teamId} and item_id = any(${itemIds as string[]}::uuid[])
    order by created_at, id`;
  const byItem = Map.groupBy(rows, (row) => row.itemId);
  return itemIds.map((id) => byItem.get(id) ?? []);
}
