/** @file Bags of features that were imported: the file that they came in, and the slide that their tiles are of. Never updated. */
import type { TeamSql } from "./database.ts";
import { inOrder } from "./page.ts";

export interface BagSource {
  readonly itemId: string;
  /** Of the file, as it was sent. */
  readonly path: string;
  readonly sha256: string;
  /** null: the file does not say. */
  readonly writer: "clam" | "trident" | null;
  /** The net, by the name that the file gives it. */
  readonly encoder: string | null;
}

export interface BagPlaces {
  readonly itemId: string;
  readonly slideItemId: string;
  /** The manifest: a place for each of the bag's rows, in their order. */
  readonly sha256: string;
}

/** A slide that a file of features may be of. */
export interface NamedSlide {
  readonly itemId: string;
  readonly name: string;
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly thumbnailSha256: string;
  /** Per pixel of level 0; null: not known. */
  readonly micronsX: number | null;
  readonly micronsY: number | null;
}

/** Told twice, they change nothing. */
export async function insertImportedBags(
  sql: TeamSql,
  teamId: string,
  { sources, places }: { sources: readonly BagSource[]; places: readonly BagPlaces[] },
): Promise<void> {
  if (sources.length > 0) {
    await sql`
      insert into bag_sources (team_id, item_id, path, sha256, writer, encoder)
      select ${teamId}, r."itemId", r.path, r.sha256, r.writer, r.encoder
      from jsonb_to_recordset(${sql.json(sources as never)}) as r (
        "itemId" uuid, path text, sha256 text, writer text, encoder text)
      on conflict do nothing`;
  }
  if (places.length > 0) {
    await sql`
      insert into bag_places (team_id, item_id, slide_item_id, sha256)
      select ${teamId}, r."itemId", r."slideItemId", r.sha256
      from jsonb_to_recordset(${sql.json(places as never)}) as r ("itemId" uuid, "slideItemId" uuid, sha256 text)
      on conflict do nothing`;
  }
}

/** One slot per item, in the order asked; null where the item is no imported bag. */
export async function bagSourcesByItems(
  sql: TeamSql,
  teamId: string,
  itemIds: readonly string[],
): Promise<(BagSource | null)[]> {
  const rows = await sql<BagSource[]>`
    select item_id, path, sha256, writer, encoder from bag_sources
    where team_id = ${teamId} and item_id = any(${itemIds as string[]}::uuid[])`;
  return inOrder(itemIds, rows, (row) => row.itemId);
}

/** One slot per item, in the order asked; null where the places of the bag's tiles did not come with it. */
export async function bagPlacesByItems(
  sql: TeamSql,
  teamId: string,
  itemIds: readonly string[],
): Promise<(BagPlaces | null)[]> {
  const rows = await sql<BagPlaces[]>`
    select item_id, slide_item_id, sha256 from bag_places
    where team_id = ${teamId} and item_id = any(${itemIds as string[]}::uuid[])`;
  return inOrder(itemIds, rows, (row) => row.itemId);
}

/** The team's slides of this name, with or without the folders before it; of the same file in several datasets the oldest. */
export function slidesNamed(sql: TeamSql, teamId: string, name: string): Promise<NamedSlide[]> {
  return sql<NamedSlide[]>`
    select item_id, name, sha256, width, height, thumbnail_sha256, microns_x, microns_y from (
      select distinct on (i.sha256) i.id as item_id, i.name, i.sha256, i.width, i.height, i.thumbnail_sha256, s.microns_x, s.microns_y, i.created_at
      from items i join slides s on s.team_id = i.team_id and s.item_id = i.id
      where i.team_id = ${teamId} and i.kind = 'slide' and (i.name = ${name} or regexp_replace(i.name, '^.*/', '') = ${name})
      order by i.sha256, i.created_at, i.id) oldest
    order by created_at, item_id`;
}
