/** @file Items whose blind second read a member has not saved: nothing that says what others see in them is for that member. */
import type { TeamSql } from "./database.ts";

export interface BlindItem {
  readonly schemaId: string;
  readonly itemId: string;
}

/** Of the member for whom the transaction reads; none where it reads for nobody. */
export function blindItems(sql: TeamSql, teamId: string, schemaIds: readonly string[]): Promise<BlindItem[]> {
  return sql<BlindItem[]>`
    select distinct t.schema_id, t.item_id from review_tasks t
    where t.team_id = ${teamId} and t.schema_id = any(${schemaIds as string[]}::uuid[])
      and (t.schema_id, t.item_id) in (select b.schema_id, b.item_id from blind_items() b)`;
}
