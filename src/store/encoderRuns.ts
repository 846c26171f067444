/** @file Runs whose net can encode tiles: classifications of ours that have succeeded, by their best checkpoint. */
import type { EncoderRun } from "@tessera/domain/slides/request";
import { checkpointsOf } from "./checkpoints.ts";
import type { TeamSql } from "./database.ts";
import { type Run, runColumns } from "./runs.ts";

/** A list to choose from, not an archive. */
const most = 200;

/** Newest first. */
export function encoderRuns(sql: TeamSql, teamId: string): Promise<Run[]> {
  return sql<Run[]>`
    select ${sql(runColumns)} from runs r
    where team_id = ${teamId} and source = 'tessera' and state = 'succeeded' and configuration ->> 'task' = 'classification'
      and exists (select from checkpoints c where c.team_id = r.team_id and c.run_id = r.id and c.kind = 'best')
    order by created_at desc, id desc limit ${most}`;
}

/** The best checkpoint as it is now; null where the run has none. */
export async function encoderRun(sql: TeamSql, teamId: string, runId: string): Promise<EncoderRun | null> {
  const best = (await checkpointsOf(sql, teamId, [runId])).findLast(({ kind }) => kind === "best"); // by step, rising
  return best ? { id: runId, checkpointSha256: best.sha256, step: best.step, epoch: best.epoch } : null;
}
