/** @file Readers' own opinions: of each reader the newest on each item. What a rule made is nobody's opinion. */
import type { ClassValues } from "@tessera/domain/classValues";
import type { ReaderKind } from "@tessera/domain/labels/request";
import type { TeamSql } from "./database.ts";

export interface Reader {
  readonly schemaId: string;
  readonly name: string;
  readonly kind: ReaderKind;
  /** Items that this reader has an opinion on. */
  readonly items: number;
  /** Opinions of those who saw the others'. */
  readonly adjudicates: boolean;
}

export interface Opinion {
  readonly itemId: string;
  readonly itemName: string;
  readonly itemSha256: string;
  readonly annotationId: string;
  readonly reader: string;
  readonly maskSha256: string | null;
  readonly classValues: ClassValues | null;
}

/** Of a dataset, by schema, name. */
export function readersOf(sql: TeamSql, teamId: string, datasetId: string): Promise<Reader[]> {
  return sql<Reader[]>`
    select a.schema_id, a.reader as name, min(a.reader_kind) as kind, count(distinct a.item_id) as items,
      bool_and(a.adjudicates) as adjudicates
    from annotations a join label_schemas s on s.team_id = a.team_id and s.id = a.schema_id
    where a.team_id = ${teamId} and s.dataset_id = ${datasetId} and a.made_by is null
    group by a.schema_id, a.reader order by a.schema_id, a.reader`;
}

/** By item name, reader; of these readers or items only where they are given. Without readers: who adjudicated is none of them. */
export function opinionsOf(
  sql: TeamSql,
  teamId: string,
  { schemaId, readers, itemIds }: { schemaId: string; readers: readonly string[] | null; itemIds?: readonly string[] },
): Promise<Opinion[]> {
  return sql<Opinion[]>`
    select o.*, i.name as item_name, i.sha256 as item_sha256 from (
      select distinct on (a.item_id, a.reader) a.team_id, a.item_id, a.id as annotation_id, a.reader, a.mask_sha256,
        to_jsonb(a.class_values) as class_values
      from annotations a
      where a.team_id = ${teamId} and a.schema_id = ${schemaId} and a.made_by is null
        ${readers === null ? sql`and not a.adjudicates` : sql`and a.reader = any(${readers as string[]})`}
        ${itemIds === undefined ? sql`` : sql`and a.item_id = any(${itemIds as string[]}::uuid[])`}
      order by a.item_id, a.reader, a.created_at desc, a.id desc) o
    join items i on i.team_id = o.team_id and i.id = o.item_id
    order by i.name, o.reader`;
}

/** What one label version says, as if it were a reader. By item name. */
export function labelsOfVersion(sql: TeamSql, teamId: string, labelVersionId: string): Promise<Opinion[]> {
  return sql<Opinion[]>`
    select l.item_id, i.name as item_name, i.sha256 as item_sha256, a.id as annotation_id, a.reader, a.mask_sha256,
      to_jsonb(a.class_values) as class_values
    from labels l
    join items i on i.team_id = l.team_id and i.id = l.item_id
    join annotations a on a.team_id = l.team_id and a.id = l.annotation_id
    where l.team_id = ${teamId} and l.label_version_id = ${labelVersionId}
    order by i.name`;
}

export interface MadeAnnotation {
  readonly id: string;
  readonly maskSha256: string | null;
}

/** What a job has made so far, by item. */
export async function madeBy(sql: TeamSql, teamId: string, jobId: string): Promise<Map<string, MadeAnnotation>> {
  const rows = await sql<(MadeAnnotation & { itemId: string })[]>`
    select item_id, id, mask_sha256 from annotations where team_id = ${teamId} and made_by = ${jobId}`;
  return new Map(rows.map(({ itemId, ...made }) => [itemId, made]));
}
