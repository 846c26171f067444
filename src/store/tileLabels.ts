/** @file The own labels of the tiles of bags, where they are known. Never updated. */
import type { Fold } from "@tessera/domain/words";
import type { TeamSql } from "./database.ts";
import { inOrder } from "./page.ts";

export interface TileLabelRow {
  readonly itemId: string;
  /** Of a .npy array [tiles] of bytes; its blob is stored already. */
  readonly sha256: string;
  readonly tiles: number;
  /** Of them; each makes its bag positive. */
  readonly positives: number;
}

const columns = ["item_id", "sha256", "tiles", "positives"] as const;

/** Told twice, it changes nothing. */
export async function insertTileLabels(sql: TeamSql, teamId: string, rows: readonly TileLabelRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into tile_labels (team_id, item_id, sha256, tiles, positives)
    select ${teamId}, r."itemId", r.sha256, r.tiles, r.positives
    from jsonb_to_recordset(${sql.json(rows as never)}) as r ("itemId" uuid, sha256 text, tiles integer, positives integer)
    on conflict do nothing`;
}

/** One slot per item, in the order asked; null where nobody knows. */
export async function tileLabelsOf(
  sql: TeamSql,
  teamId: string,
  itemIds: readonly string[],
): Promise<(TileLabelRow | null)[]> {
  const rows = await sql<TileLabelRow[]>`
    select ${sql(columns)} from tile_labels where team_id = ${teamId} and item_id = any(${itemIds as string[]}::uuid[])`;
  return inOrder(itemIds, rows, (row) => row.itemId);
}

export interface FoldTiles {
  readonly splitId: string;
  readonly fold: Fold;
  readonly bags: number;
  /** Bags whose tiles' own labels are known; only their tiles count. */
  readonly known: number;
  readonly positive: number;
  readonly negative: number;
}

/** What each fold of these splits has to compose bags of; folds without an item are left out. */
export function tilesOfFolds(sql: TeamSql, teamId: string, splitIds: readonly string[]): Promise<FoldTiles[]> {
  return sql<FoldTiles[]>`
    select s.split_id, s.fold, count(*)::integer as bags, count(t.item_id)::integer as known,
      coalesce(sum(t.positives), 0)::float8 as positive, coalesce(sum(t.tiles - t.positives), 0)::float8 as negative
    from split_items s
    left join tile_labels t on t.team_id = s.team_id and t.item_id = s.item_id
    where s.team_id = ${teamId} and s.split_id = any(${splitIds as string[]}::uuid[])
    group by s.split_id, s.fold`;
}
