/** @file Where the tiles of a run's bags are. */
import type { BagOrigin } from "@tessera/domain/inspections/tileMaps";
import { bagOrigins } from "@tessera/store/bagOrigins";
import type { TeamSql } from "@tessera/store/database";

export interface BagSource {
  /** By item; bags of no slide that is here are left out. */
  readonly origins: Readonly<Record<string, BagOrigin>>;
}

export async function bagSource(sql: TeamSql, teamId: string, itemIds: readonly string[]): Promise<BagSource> {
  const rows = await bagOrigins(sql, teamId, itemIds);
  return {
    origins: Object.fromEntries(rows.flatMap((row) => (row === null ? [] : [[row.bagItemId, originOf(row)] as const]))),
  };
}

const originOf = ({ slideItemId, manifestSha256 }: BagOrigin): BagOrigin => ({ slideItemId, manifestSha256 });
