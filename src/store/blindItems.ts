/** @file Items whose blind second read a member has not saved: nothing that says what others see in them is for that member. */
import type { TeamSql } from "./database.ts";

export interface BlindItem {
  readonly schemaId: string;
  readonly itemId: string;
}

/**
 * Of the member for whom the transaction reads; none where it reads for nobody. A bag has its slide's labels, in a schema of its own: who
 * is yet to read a slide blind, in any schema, is blind to its bags in all.
 */
export function blindItems(sql: TeamSql, teamId: string, schemaIds: readonly string[]): Promise<BlindItem[]> {
  return sql<BlindItem[]>`
    with blind as materialized (
      select distinct t.schema_id, t.item_id from review_tasks t
      where t.team_id = ${teamId} and (t.schema_id, t.item_id) in (select b.schema_id, b.item_id from blind_items() b)),
    bags as (
      select distinct made.bag_item_id as item_id from slide_bags made
      where made.team_id = ${teamId} and made.slide_item_id in (select item_id from blind))
    select schema_id, item_id from blind where schema_id = any(${schemaIds as string[]}::uuid[])
    union select schema.id, bags.item_id from bags, unnest(${schemaIds as string[]}::uuid[]) as schema (id)`;
}
