/** @file Samples: what the model said of one validation item at one epoch. Superseded ones are hidden. */
import type { TeamSql } from "./database.ts";

export interface RunSample {
  readonly runId: string;
  readonly attempt: number;
  readonly epoch: number;
  readonly step: number;
  readonly itemId: string;
  /** PNG of the predicted mask. */
  readonly sha256: string;
  /** Null where undefined. */
  readonly dice: number | null;
}

/** By epoch, then item; of an item and epoch seen by two attempts the newest. `afterStep`: only later ones. */
export function runSamples(
  sql: TeamSql,
  teamId: string,
  runId: string,
  afterStep?: number | null,
): Promise<RunSample[]> {
  return sql<RunSample[]>`
    select distinct on (s.epoch, s.item_id) s.run_id, s.attempt, s.epoch, s.step, s.item_id, s.sha256, s.dice
    from run_samples s join attempt_limits l using (team_id, run_id, attempt)
    where s.team_id = ${teamId} and s.run_id = ${runId} and s.step <= l.last_seen_step and s.step > ${afterStep ?? -1}
    order by s.epoch, s.item_id, s.attempt desc`;
}

/** As runSamples, for a page of runs: by run, then epoch, then item. */
export function samplesOf(sql: TeamSql, teamId: string, runIds: readonly string[]): Promise<RunSample[]> {
  return sql<RunSample[]>`
    select distinct on (s.run_id, s.epoch, s.item_id) s.run_id, s.attempt, s.epoch, s.step, s.item_id, s.sha256, s.dice
    from run_samples s join attempt_limits l using (team_id, run_id, attempt)
    where s.team_id = ${teamId} and s.run_id = any(${runIds as string[]}::uuid[])
      and l.run_id = any(${runIds as string[]}::uuid[]) -- said twice: else the view reads every attempt of the team
      and s.step <= l.last_seen_step
    order by s.run_id, s.epoch, s.item_id, s.attempt desc`;
}
