/** @file Perceptual hashes of items. Rows of another hashVersion are not read: they mean something else. */
import { hashedSide, hashVersion, type ItemHash } from "@tessera/domain/duplicates/rule";
import type { Fold } from "@tessera/domain/words";
import type { Database, TeamSql } from "./database.ts";
import { inOrder } from "./page.ts";
import { clean } from "./text.ts";

/** An item's hash, or why there is none. */
export type NewItemHash = { readonly itemId: string } & (ItemHash | { readonly error: string });

export type StoredHash = { readonly itemId: string; readonly sha256: string } & ItemHash;

/** Items, and how many of them have been looked at; `failed` have no hash, and are in no search. */
export interface HashingProgress {
  readonly items: number;
  readonly hashed: number;
  readonly failed: number;
}

/** What is stored already stays as it is. */
export async function insertItemHashes(sql: TeamSql, teamId: string, rows: readonly NewItemHash[]): Promise<void> {
  if (rows.length === 0) return;
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  const values = rows.map((row) =>
    "error" in row
      ? { itemId: row.itemId, hash: null, pixels: null, error: clean(row.error) }
      : { itemId: row.itemId, hash: hex(row.hash), pixels: hex(row.pixels), error: null },
  );
  await sql`
    insert into item_hashes (team_id, item_id, version, hash, pixels, error)
    select ${teamId}, r."itemId", ${hashVersion}, decode(r.hash, 'hex'), decode(r.pixels, 'hex'), r.error
    from jsonb_to_recordset(${sql.json(values as never)}) as r ("itemId" uuid, hash text, pixels text, error text)
    on conflict do nothing`;
}

/** Of a dataset, or of some folds of a split, by item name. */
export function hashesOf(
  sql: TeamSql,
  teamId: string,
  of: { readonly datasetId: string } | { readonly splitId: string; readonly folds: readonly Fold[] },
): Promise<StoredHash[]> {
  const chosen =
    "datasetId" in of
      ? sql`i.dataset_id = ${of.datasetId}`
      : sql`exists (
          select from split_items s where s.team_id = i.team_id and s.item_id = i.id and s.split_id = ${of.splitId}
            and s.fold = any(${of.folds as Fold[]}))`;
  return sql<StoredHash[]>`
    select i.id as item_id, i.sha256, h.hash, h.pixels
    from items i
    join item_hashes h on h.team_id = i.team_id and h.item_id = i.id and h.version = ${hashVersion} and h.hash is not null
    where i.team_id = ${teamId} and ${chosen} order by i.name, i.id`;
}

/** One row per dataset asked. */
export async function hashingProgress(
  sql: TeamSql,
  teamId: string,
  datasetIds: readonly string[],
): Promise<HashingProgress[]> {
  const rows = await sql<(HashingProgress & { datasetId: string })[]>`
    select i.dataset_id, count(*) as items, count(h.hash) as hashed, count(h.error) as failed
    from items i
    left join item_hashes h on h.team_id = i.team_id and h.item_id = i.id and h.version = ${hashVersion}
    where i.team_id = ${teamId} and i.kind = 'image' and i.dataset_id = any(${datasetIds as string[]}::uuid[]) group by i.dataset_id`;
  return inOrder(datasetIds, rows, (row) => row.datasetId).map((row) => row ?? { items: 0, hashed: 0, failed: 0 });
}

export interface Unhashed {
  readonly itemId: string;
  /** Of the picture to hash: the thumbnail, or the item where it is no larger. */
  readonly sha256: string;
}

/** At most `most` items to hash; none where all are hashed, or another worker does it. */
export async function claimHashing(
  db: Database,
  claim: { teamId: string; workerId: string; leaseSeconds: number; most: number },
): Promise<Unhashed[]> {
  const { teamId, workerId, leaseSeconds, most } = claim;
  const [row] = await db.once(
    (sql) => sql<{ claimed: Unhashed[] | null }[]>`
      select claim_hashing(${teamId}, ${workerId}, ${leaseSeconds}, ${hashVersion}, ${most}, ${hashedSide}) as claimed`,
  );
  return row!.claimed ?? [];
}

/** Of a worker that is done, or stopped: another one can go on at once. */
export async function giveBackHashing(db: Database, { teamId, workerId }: { teamId: string; workerId: string }) {
  await db.once((sql) => sql`select give_back_hashing(${teamId}, ${workerId})`);
}
