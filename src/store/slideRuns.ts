/** @file Runs that know a slide: their split holds a bag of its tiles, and they have weights to ask. */
import type { TeamSql } from "./database.ts";

export interface SlideRunRow {
  readonly slideItemId: string;
  readonly runId: string;
  readonly bagItemId: string;
}

/** Of several slides, newest run first. Bags are those made here, and those imported with places on the slide. */
export function slideRuns(sql: TeamSql, teamId: string, slideItemIds: readonly string[]): Promise<SlideRunRow[]> {
  return sql<SlideRunRow[]>`
    with bags as (
      select distinct slide_item_id, bag_item_id from slide_bags
      where team_id = ${teamId} and slide_item_id = any(${slideItemIds as string[]}::uuid[]))
    select bags.slide_item_id, r.id as run_id, bags.bag_item_id
    from bags
    join split_items held on held.team_id = ${teamId} and held.item_id = bags.bag_item_id
    join runs r on r.team_id = ${teamId} and r.split_id = held.split_id
    where r.source = 'tessera' and r.configuration->>'task' = 'mil'
      and exists (select from checkpoints c where c.team_id = r.team_id and c.run_id = r.id and c.kind = 'best')
    order by r.created_at desc, r.id, bags.bag_item_id`;
}
