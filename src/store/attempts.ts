/** @file Attempts: the tries of a run, each on one worker. */
import type { AttemptOutcome } from "./claims.ts";
import type { TeamSql } from "./database.ts";

export interface RunAttempt {
  readonly runId: string;
  readonly attempt: number;
  readonly workerId: string | null;
  readonly workerName: string | null;
  /** Points of earlier attempts after this step are superseded. */
  readonly resumedStep: number;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly outcome: AttemptOutcome | null;
  readonly error: string | null;
}

/** By run, then attempt. */
export function attemptsOf(sql: TeamSql, teamId: string, runIds: readonly string[]): Promise<RunAttempt[]> {
  return sql<RunAttempt[]>`
    select a.run_id, a.attempt, a.worker_id, w.name as worker_name, a.resumed_step, a.started_at, a.ended_at, a.outcome, a.error
    from attempts a left join workers w on w.team_id = a.team_id and w.id = a.worker_id
    where a.team_id = ${teamId} and a.run_id = any(${runIds as string[]}::uuid[])
    order by a.run_id, a.attempt`;
}
