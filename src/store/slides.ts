/** @file What the files of slides say of themselves. Never updated. */
import type { TeamSql } from "./database.ts";
import { inOrder } from "./page.ts";

export interface SlideRow {
  readonly itemId: string;
  /** OpenSlide's vendor, or "picture". */
  readonly format: string;
  readonly levels: readonly { readonly width: number; readonly height: number; readonly downsample: number }[];
  readonly magnification: number | null;
  /** Per pixel of level 0; null: not known. */
  readonly micronsX: number | null;
  readonly micronsY: number | null;
  readonly scaleOf: "file" | "table" | null;
}

const columns = ["item_id", "format", "levels", "magnification", "microns_x", "microns_y", "scale_of"] as const;

/** Told twice, it changes nothing. */
export async function insertSlides(sql: TeamSql, teamId: string, rows: readonly SlideRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into slides (team_id, item_id, format, levels, magnification, microns_x, microns_y, scale_of)
    select ${teamId}, r."itemId", r.format, r.levels, r.magnification, r."micronsX", r."micronsY", r."scaleOf"
    from jsonb_to_recordset(${sql.json(rows as never)}) as r (
      "itemId" uuid, format text, levels jsonb, magnification float8, "micronsX" float8, "micronsY" float8, "scaleOf" text)
    on conflict do nothing`;
}

/** One slot per item, in the order asked; null where the item is no slide. */
export async function slidesByItems(
  sql: TeamSql,
  teamId: string,
  itemIds: readonly string[],
): Promise<(SlideRow | null)[]> {
  const rows = await sql<SlideRow[]>`
    select ${sql(columns)} from slides where team_id = ${teamId} and item_id = any(${itemIds as string[]}::uuid[])`;
  return inOrder(itemIds, rows, (row) => row.itemId);
}
