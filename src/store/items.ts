/** @file Items: the images and slides of a dataset. Never updated. */
import type { Fold } from "@tessera/domain/words";
import type { TeamSql } from "./database.ts";
import { decodeCursor, inOrder, type Page, type PageOf, pageOf, pageSize } from "./page.ts";

export type ItemKind = "image" | "bag" | "slide";

export interface NewItem {
  readonly datasetId: string;
  /** Absent: an image. */
  readonly kind?: ItemKind;
  readonly name: string;
  /** The origin file; its blob is stored already. */
  readonly sha256: string;
  readonly thumbnailSha256: string;
  /** Pixels; of a bag features, and its height is tiles. */
  readonly width: number;
  readonly height: number;
  /** The item's own name where the source names none. */
  readonly subject: string;
  readonly subjectKnown: boolean;
  readonly site: string | null;
  /** mm per pixel along a row. */
  readonly spacingMm: number | null;
  /** Along a column, where it is another. */
  readonly spacingYMm?: number | null;
}

export interface Item extends NewItem {
  readonly kind: ItemKind;
  readonly spacingYMm: number | null;
  readonly id: string;
  readonly createdAt: Date;
}

const columns = [
  "id",
  "dataset_id",
  "kind",
  "name",
  "sha256",
  "thumbnail_sha256",
  "width",
  "height",
  "subject",
  "subject_known",
  "site",
  "spacing_mm",
  "spacing_y_mm",
  "created_at",
] as const;

/**
 * Adds what is new. A file that the dataset has already is a duplicate; a name that another file of the dataset has is a
 * clash. Neither is added, the rest is.
 */
export async function insertItems(
  sql: TeamSql,
  teamId: string,
  rows: readonly NewItem[],
): Promise<{ inserted: Item[]; duplicates: string[]; nameClashes: string[] }> {
  if (rows.length === 0) return { inserted: [], duplicates: [], nameClashes: [] };
  const inserted = await sql<Item[]>`
    insert into items
      (team_id, dataset_id, kind, name, sha256, thumbnail_sha256, width, height, subject, subject_known, site, spacing_mm,
        spacing_y_mm)
    select ${teamId}, r."datasetId", coalesce(r.kind, 'image'), r.name, r.sha256, r."thumbnailSha256", r.width, r.height, r.subject, r."subjectKnown",
      r.site, r."spacingMm", r."spacingYMm"
    from jsonb_to_recordset(${sql.json(rows as never)}) as r (
      "datasetId" uuid, kind text, name text, sha256 text, "thumbnailSha256" text, width integer, height integer, subject text,
      "subjectKnown" boolean, site text, "spacingMm" float8, "spacingYMm" float8)
    on conflict do nothing
    returning ${sql(columns)}`;
  const key = (row: NewItem) => `${row.datasetId} ${row.sha256} ${row.name}`;
  const added = new Set(inserted.map(key));
  const others = rows.filter((row) => !added.delete(key(row)));
  if (others.length === 0) return { inserted, duplicates: [], nameClashes: [] };
  const known = await sql<{ datasetId: string; sha256: string }[]>`
    select dataset_id, sha256 from items
    where team_id = ${teamId} and dataset_id = any(${[...new Set(others.map((row) => row.datasetId))]}::uuid[])
      and sha256 = any(${others.map((row) => row.sha256)})`;
  const files = new Set(known.map((row) => `${row.datasetId} ${row.sha256}`));
  const isDuplicate = (row: NewItem) => files.has(`${row.datasetId} ${row.sha256}`);
  return {
    inserted,
    duplicates: others.filter(isDuplicate).map((row) => row.name),
    nameClashes: others.filter((row) => !isDuplicate(row)).map((row) => row.name),
  };
}

export async function itemsByIds(sql: TeamSql, teamId: string, ids: readonly string[]): Promise<(Item | null)[]> {
  const rows = await sql<Item[]>`
    select ${sql(columns)} from items where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}

/** The dataset's items of these origin files, in the order asked. */
export async function itemsBySha(
  sql: TeamSql,
  teamId: string,
  datasetId: string,
  shas: readonly string[],
): Promise<(Item | null)[]> {
  const rows = await sql<Item[]>`
    select ${sql(columns)} from items
    where team_id = ${teamId} and dataset_id = ${datasetId} and sha256 = any(${shas as string[]})`;
  return inOrder(shas, rows, (row) => row.sha256);
}

/** The dataset's items of these names, in the order asked. */
export async function itemsByNames(
  sql: TeamSql,
  teamId: string,
  datasetId: string,
  names: readonly string[],
): Promise<(Item | null)[]> {
  const rows = await sql<Item[]>`
    select ${sql(columns)} from items
    where team_id = ${teamId} and dataset_id = ${datasetId} and name = any(${names as string[]})`;
  return inOrder(names, rows, (row) => row.name);
}

/** What a label version says of one class of an item: 1 present, 0 absent, null not known. */
export interface OfClass {
  readonly labelVersionId: string;
  readonly classIndex: number;
  readonly value: 0 | 1 | null;
}

/**
 * By name. With `splitId`: only items of that split; with `fold` too: only of that part of it; with `ofClass`: only items whose
 * label says so.
 */
export async function listItems(
  sql: TeamSql,
  teamId: string,
  {
    datasetId,
    page = {},
    splitId,
    fold,
    ofClass,
  }: {
    datasetId: string;
    page?: Page;
    splitId?: string | null;
    fold?: Fold | null;
    ofClass?: OfClass | null;
    order?: "name";
  },
): Promise<PageOf<Item>> {
  const size = pageSize(page.first);
  const after = decodeCursor(page.after, 1);
  const chosen = sql`
    from items i
    where i.team_id = ${teamId} and i.dataset_id = ${datasetId}
      ${
        splitId
          ? sql`and exists (
              select from split_items s
              where s.team_id = i.team_id and s.split_id = ${splitId} and s.item_id = i.id
                ${fold ? sql`and s.fold = ${fold}` : sql``})`
          : sql``
      }
      ${
        ofClass
          ? sql`and exists (
              select from labels l join annotations a on a.team_id = l.team_id and a.id = l.annotation_id
              where l.team_id = i.team_id and l.label_version_id = ${ofClass.labelVersionId} and l.item_id = i.id
                and ${ofClass.classIndex} between 0 and cardinality(a.class_values) - 1
                and a.class_values[${ofClass.classIndex + 1}::integer] is not distinct from ${ofClass.value}::smallint)`
          : sql``
      }`;
  const rows = await sql<Item[]>`
    select ${sql(columns)} ${chosen} ${after ? sql`and i.name > ${after[0]!}` : sql``}
    order by i.name limit ${size + 1}`;
  const [total] = await sql<[{ count: number }]>`select count(*) ${chosen}`;
  return pageOf(rows, size, total.count, (row) => [row.name]);
}

/** The share of each item's image that its label's regions (all classes) cover, in [0, 1]. */
export function regionSizes(
  sql: TeamSql,
  teamId: string,
  { labelVersionId }: { labelVersionId: string },
): Promise<{ itemId: string; share: number }[]> {
  return sql<{ itemId: string; share: number }[]>`
    select l.item_id,
      (select coalesce(sum(pixels), 0) from unnest(a.region_pixels) pixels)::float8 / (i.width::float8 * i.height) as share
    from labels l
    join annotations a on a.team_id = l.team_id and a.id = l.annotation_id
    join items i on i.team_id = l.team_id and i.id = l.item_id
    where l.team_id = ${teamId} and l.label_version_id = ${labelVersionId}
    order by i.name`;
}

/** Whose images they are, and where they were taken. */
export function subjectsAndSites(
  sql: TeamSql,
  teamId: string,
  datasetId: string,
): Promise<{ id: string; subject: string; site: string | null }[]> {
  return sql<{ id: string; subject: string; site: string | null }[]>`
    select id, subject, site from items where team_id = ${teamId} and dataset_id = ${datasetId}`;
}
