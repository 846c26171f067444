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
    (select distinct on (made.bag_item_id) made.bag_item_id, made.item_id as slide_item_id,
      cut.sha256 as manifest_sha256
    from slide_results made
    join slide_jobs job on job.team_id = made.team_id and job.id = made.job_id
    join slide_results cut on cut.team_id = made.team_id and cut.item_id = made.item_id
      and cut.job_id = (job.request->>'tilesJobId')::uuid
    where made.team_id = ${teamId} and made.bag_item_id = any(${itemIds as string[]}::uuid[])
      and cut.sha256 is not null
    order by made.bag_item_id, made.job_id)
    union all
    select item_id, slide_item_id, sha256 from bag_places
    where team_id = ${teamId} and item_id = any(${itemIds as string[]}::uuid[])`;
  return inOrder(itemIds, rows, (row) => row.bagItemId);
}
