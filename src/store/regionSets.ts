/** @file What readers draw on slides: a new row each time, naming the one that it corrects. Never an update. */
import { DomainError } from "@tessera/domain/errors";
import { adjudicationReader } from "@tessera/domain/review/words";
import type { Region } from "@tessera/domain/slides/regions";
import type { TeamSql } from "./database.ts";
import { inOrder } from "./page.ts";
import { readerOf } from "./readers.ts";

export interface RegionSetRow {
  readonly id: string;
  readonly itemId: string;
  readonly reader: string;
  /** The member who says so; null: imported under another reader's name. */
  readonly userId: string | null;
  readonly createdBy: string;
  readonly corrects: string | null;
  readonly complete: boolean;
  readonly regions: readonly Region[];
  readonly createdAt: Date;
}

export interface NewRegionSet {
  /** Chosen by who saves: the same id again is the same set, so that an answer lost on the way can be asked for again. */
  readonly id: string;
  readonly itemId: string;
  readonly userId: string;
  /** Null: the member's own. */
  readonly reader: string | null;
  /** The set that was drawn on; null: nothing was there. Undefined: whatever is newest. */
  readonly basedOn?: string | null;
  readonly complete: boolean;
  readonly regions: readonly Region[];
}

const columns = ["id", "item_id", "reader", "user_id", "created_by", "corrects", "complete", "regions", "created_at"] as const; // biome-ignore format: one line

/**
 * @throws DomainError CONFLICT where a newer set of this reader is there than the one drawn on, or the id is another set's;
 * BAD_INPUT where regions are to be kept under a member's name, but not as theirs
 */
export async function insertRegionSet(sql: TeamSql, teamId: string, set: NewRegionSet): Promise<RegionSetRow> {
  const own = set.reader === null;
  const reader = set.reader ?? (await readerOf(sql, teamId, set.userId));
  if (!own) await checkReader(sql, teamId, reader);
  // two at once of one reader would both correct the same set
  await sql`select pg_advisory_xact_lock(hashtextextended(${`regions ${set.itemId} ${reader}`}, 0))`;
  const [known] = await regionSetsByIds(sql, teamId, [set.id]);
  if (known) {
    if (known.createdBy === set.userId && known.itemId === set.itemId && known.reader === reader) return known;
    throw new DomainError("CONFLICT", `id: there is another set of regions ${set.id}; choose a new id`, {
      field: "id",
    });
  }
  const [before] = await sql<{ id: string }[]>`
    select id from region_sets where team_id = ${teamId} and item_id = ${set.itemId} and reader = ${reader}
    order by created_at desc, id desc limit 1`;
  const newest = before?.id ?? null;
  if (set.basedOn !== undefined && set.basedOn !== newest) {
    const message = `basedOn: regions of ${reader} were saved meanwhile, in another window; load them before you save`;
    throw new DomainError("CONFLICT", message, { field: "basedOn", newest });
  }
  const [row] = await sql<RegionSetRow[]>`
    insert into region_sets (team_id, id, item_id, reader, user_id, created_by, corrects, complete, regions)
    values (${teamId}, ${set.id}, ${set.itemId}, ${reader}, ${own ? set.userId : null}, ${set.userId}, ${newest}, ${set.complete},
      ${sql.json(set.regions as never)})
    returning ${sql(columns)}`;
  return row!;
}

/** What is imported under a member's name would take the place of what they drew. */
async function checkReader(sql: TeamSql, teamId: string, reader: string): Promise<void> {
  const [taken] = await sql`select from readers where team_id = ${teamId} and name = ${reader}`;
  if (!taken && reader !== adjudicationReader) return;
  const message = `reader: ${reader} is a member of this team, who draws under that name; import under another, or as your own`;
  throw new DomainError("BAD_INPUT", message, { field: "reader" });
}

/** A history to look back at: a set may have 200,000 corners. */
const mostOfItem = 100;

/** Of each item the newest sets of all readers, newest first; one list per item asked. */
export async function regionSetsByItems(
  sql: TeamSql,
  teamId: string,
  itemIds: readonly string[],
): Promise<RegionSetRow[][]> {
  const rows = await sql<RegionSetRow[]>`
    select ${sql(columns)} from (
      select r.*, row_number() over (partition by item_id order by created_at desc, id desc) as place from region_sets r
      where team_id = ${teamId} and item_id = any(${itemIds as string[]}::uuid[])) newest
    where place <= ${mostOfItem} order by created_at desc, id desc`;
  const byItem = Map.groupBy(rows, (row) => row.itemId);
  return itemIds.map((id) => byItem.get(id) ?? []);
}

/** Of each item every reader's newest set, by reader; one list per item asked. */
export async function newestRegionSetsByItems(
  sql: TeamSql,
  teamId: string,
  itemIds: readonly string[],
): Promise<RegionSetRow[][]> {
  const rows = await sql<RegionSetRow[]>`
    select distinct on (item_id, reader) ${sql(columns)} from region_sets
    where team_id = ${teamId} and item_id = any(${itemIds as string[]}::uuid[])
    order by item_id, reader, created_at desc, id desc`;
  const byItem = Map.groupBy(rows, (row) => row.itemId);
  return itemIds.map((id) => byItem.get(id) ?? []);
}

/** One slot per id, in the order asked. */
export async function regionSetsByIds(
  sql: TeamSql,
  teamId: string,
  ids: readonly string[],
): Promise<(RegionSetRow | null)[]> {
  const rows = await sql<RegionSetRow[]>`
    select ${sql(columns)} from region_sets where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}
