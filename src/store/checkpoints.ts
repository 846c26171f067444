/** @file Checkpoints: weights + optimiser + data position. Superseded ones are hidden. */
import type { Database, TeamSql } from "./database.ts";

export interface Checkpoint {
  readonly runId: string;
  readonly kind: "latest" | "best";
  readonly attempt: number;
  readonly step: number;
  readonly epoch: number;
  readonly sha256: string;
  /** Null before the first validation. */
  readonly validationDice: number | null;
  readonly createdAt: Date;
}

/** By run, then step. */
export function checkpointsOf(sql: TeamSql, teamId: string, runIds: readonly string[]): Promise<Checkpoint[]> {
  return sql<Checkpoint[]>`
    select run_id, kind, attempt, step, epoch, sha256, validation_dice, created_at
    from seen_checkpoints where team_id = ${teamId} and run_id = any(${runIds as string[]}::uuid[])
    order by run_id, step, kind, attempt`;
}

/**
 * Forgets the bytes of checkpoints that nothing will read again; their rows stay as history.
 * @returns the hashes of the objects that the caller may now remove
 */
export async function pruneCheckpoints(db: Database, teamId: string, runId: string): Promise<readonly string[]> {
  const [row] = await db.once(
    (sql) => sql<{ pruned: string[] }[]>`select prune_checkpoints(${teamId}, ${runId}) as pruned`,
  );
  return row!.pruned;
}
