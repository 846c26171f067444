/** @file Runs that know a slide: their split holds a bag of its tiles, and they have weights to ask. */
import type { TeamSql } from "./database.ts";

export interface SlideRunRow {
  readonly slideItemId: string;
  readonly runId: string;
  readonly bagItemId: string;
}

/** Of several slides, newest run first. */
export function slideRuns(sql: TeamSql, teamId: string, slideItemIds: readonly string[]): Promise<SlideRunRow[]> {
  return sql<SlideRunRow[]>`
    select made.item_id as slide_item_id, r.id as run_id, made.bag_item_id
    from slide_results made
    join split_items held on held.team_id = made.team_id and held.item_id = made.bag_item_id
    join runs r on r.team_id = made.team_id and r.split_id = held.split_id
    where made.team_id = ${teamId} and made.item_id = any(${slideItemIds as string[]}::uuid[])
      and r.source = 'tessera' and r.configuration->>'task' = 'mil'
      and exists (select from checkpoints c where c.team_id = r.team_id and c.run_id = r.id and c.kind = 'best')
    order by r.created_at desc, r.id, made.bag_item_id`;
}
