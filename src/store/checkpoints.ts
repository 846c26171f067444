/** @file Checkpoints: weights + optimiser + data position. Superseded ones are hidden. */
import type { Database, TeamSql } from "./database.ts";

export interface Checkpoint {
  readonly runId: string;
  readonly kind: "latest" | "best";
  readonly attempt: number;
  readonly step: number;
  readonly epoch: number;
  readonly sha256: string;
  /** Dice, or AUC of a classification; null before the first validation. */
  readonly validationScore: number | null;
  readonly createdAt: Date;
}

/** By run, then step. */
export function checkpointsOf(sql: TeamSql, teamId: string, runIds: readonly string[]): Promise<Checkpoint[]> {
  return sql<Checkpoint[]>`
    select c.run_id, c.kind, c.attempt, c.step, c.epoch, c.sha256, c.validation_score, c.created_at
    from checkpoints c join attempt_limits l using (team_id, run_id, attempt)
    where c.team_id = ${teamId} and c.run_id = any(${runIds as string[]}::uuid[])
      and l.run_id = any(${runIds as string[]}::uuid[]) -- said twice: else the view reads every attempt of the team
      and c.step <= l.last_seen_step
    order by c.run_id, c.step, c.kind, c.attempt`;
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
