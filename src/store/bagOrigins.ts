/** @file Which slide a bag was made of, and the manifest whose tiles are its rows. */
import type { TeamSql } from "./database.ts";
import { inOrder } from "./page.ts";

export interface BagOriginRow {
  readonly bagItemId: string;
  readonly slideItemId: string;
  readonly manifestSha256: string;
}

/** Of bags made here or imported, never both. One slot per item, in the order asked; null where the item is no bag, or one of no slide that is here. */
export async function bagOrigins(
  sql: TeamSql,
  teamId: string,
  itemIds: readonly string[],
): Promise<(BagOriginRow | null)[]> {
  const rows = await sql<BagOriginRow[]>`
    select distinct on (bag_item_id) bag_item_id, slide_item_id, manifest_sha256 from slide_bags
    where team_id = ${teamId} and bag_item_id = any(${itemIds as string[]}::uuid[]) and manifest_sha256 is not null
    order by bag_item_id, made_by`;
  return inOrder(itemIds, rows, (row) => row.bagItemId);
}
